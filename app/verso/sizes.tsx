import { Bars } from "./bars";
import { type BackRecord, headerOf } from "./record";

/** An answer's body before and after compression, and all that went over the network, as a picture that says its numbers. */
export function Sizes({ record }: { record: BackRecord }) {
  const { bytes, packed, sent, headers } = record.response;
  const packing = headerOf(headers, "content-encoding");
  const rows = [
    { what: "Body as it was made", bytes },
    { what: packing ? `Body as it was sent (${packing})` : "Body as it was sent", bytes: packed },
    { what: "Sent in all, with the headers", bytes: sent },
  ];
  return (
    <section className="sizes" aria-labelledby="sizes">
      <h3 id="sizes">How large the answer was</h3>
      <Bars rows={rows} />
      <p>{told(record, packing)}</p>
    </section>
  );
}

function told({ request, response: { status, bytes, packed } }: BackRecord, packing: string | null | undefined) {
  if (status === 0) return "No answer was sent.";
  if (request.method === "HEAD") return "Only the headers were asked for, so there is no body.";
  if (packed === 0) return "This answer has no body.";
  if (packing) return `Packing saved ${Math.round(100 - (100 * packed) / bytes)} of every 100 bytes.`;
  return "It was sent as it was made: too short to be worth packing, or of a kind that is packed already, or your browser didn’t ask for it.";
}
