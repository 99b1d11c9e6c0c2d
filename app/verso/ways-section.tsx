import { Section } from "./section";
import { count, statusOf } from "./story";
import type { Sent, Way, Ways } from "./ways";

/** The same without script and with it, side by side; `here` is the record whose page this is. */
export function WaysSection({ ways, here }: { ways: Ways; here: string }) {
  return (
    <Section title="With and without script">
      <div className="ways">
        <OneWay title="Without script" way={ways.without} here={here} />
        {ways.with && <OneWay title="With script" way={ways.with} here={here} />}
      </div>
      <p>{ways.why}</p>
      <p className="hint">
        Styles and scripts aren’t counted: your browser keeps them for a year, under names that change with what they
        hold.
      </p>
    </Section>
  );
}

function OneWay({ title, way: { rounds, happened }, here }: { title: string; way: Way; here: string }) {
  const all = rounds.flat();
  const bytes = all.reduce((sum, sent) => sum + (sent.bytes ?? 0), 0);
  return (
    <section aria-label={title} className={happened ? undefined : "supposed"}>
      <h3>{title}</h3>
      <p className="facts">
        {count(rounds.length, "round trip")}, {count(all.length, "request")}
        {happened ? `, ${count(bytes, "byte")}` : ""}
      </p>
      <ol>
        {rounds.map((round) => (
          <li key={round.map(({ address }) => address).join(" ")}>
            {round.map((sent) => (
              <Exchange key={sent.address} sent={sent} here={here} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Exchange({ sent: { method, address, status, bytes, id }, here }: { sent: Sent; here: string }) {
  const line = `${method} ${address}`;
  return (
    <p>
      <code>{id && id !== here ? <a href={`/back/${id}`}>{line}</a> : line}</code>
      <span className="facts">
        {" "}
        → {status !== null && statusOf(status)}
        {bytes === null ? "" : `, ${count(bytes, "byte")}`}
      </span>
    </p>
  );
}
