import type { ToldHoldings } from "./kept.server";

/** What the files of a record will hold, and the way to both of them. */
export function KeepPage({ record, holdings, har }: ToldHoldings) {
  const file = `/back/${record.id}/keep`;
  return (
    <article className="back">
      <header>
        <p className="facts">
          <a href={`/back/${record.id}`}>
            The back of {record.method} {record.path}
          </a>
        </p>
        <h1>Keep it as a file</h1>
      </header>
      <section>
        <p>This file will contain:</p>
        <ul className="holdings">
          {holdings.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p>
          No text of a note, no search, no password, no e-mail address and nothing that a cookie holds. Look it over all
          the same before you give it to anybody: an address can name a note, and the headers tell by which name this
          Verso is reached and which languages you read.
        </p>
      </section>
      <p className="actions">
        <a className="button primary" href={`${file}.html`} download>
          Save as a page
        </a>
        <a className="button" href={`${file}.har`} download>
          Save as HAR
        </a>
      </p>
      <p className="hint">
        The page is one HTML file that needs nothing else and runs no script. The HAR is an HTTP archive, version 1.2,
        which a browser’s network tools open.
      </p>
      <details>
        <summary>
          <h2>The HAR, word for word</h2>
        </summary>
        <pre className="sql" tabIndex={0}>
          {har}
        </pre>
      </details>
    </article>
  );
}
