import type { Excerpt } from "./source.server";

/** Lines of Verso's own source, numbered; the one that it is about is marked. */
export function SourceLines({ of: { file, from, lines, at }, mark }: { of: Excerpt; mark?: boolean }) {
  return (
    <figure className="source">
      <figcaption>
        <code>
          {file}:{at}
        </code>
      </figcaption>
      <pre tabIndex={0}>
        {lines.map((line, place) => {
          const number = from + place;
          const text = `${String(number).padStart(4)}  ${line}\n`;
          return mark && number === at ? <mark key={number}>{text}</mark> : text;
        })}
      </pre>
    </figure>
  );
}
