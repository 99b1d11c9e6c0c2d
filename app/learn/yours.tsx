import { useConcept } from "./page-data";

/** The reader's own latest request that used the concept, or how to get one. */
export function Yours() {
  const { concept, latest } = useConcept();
  if (latest === undefined) return <p className="yours">Whoever runs this Verso has turned the backs of pages off.</p>;
  if (latest === null) return <p className="yours">None of your requests has used it yet. {concept.yours.how}</p>;
  const { id, method, path, status, ago, story } = latest;
  return (
    <figure className="yours">
      <figcaption>
        {since(ago)}:{" "}
        <code>
          {method} {path}
        </code>{" "}
        → {status}
      </figcaption>
      <blockquote>{story}</blockquote>
      <a href={`/back/${id}`}>Turn that page over</a>
    </figure>
  );
}

function since(ms: number) {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 2) return "Just now";
  if (seconds < 100) return `${seconds} seconds ago`;
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? "A minute ago" : `${minutes} minutes ago`;
}
