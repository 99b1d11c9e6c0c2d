import { count, milliseconds } from "~/verso/story";
import type { PerformedExchange, PerformedSql, PerformedStatement, PerformedStep } from "./performed";
import { STATUS_NAMES } from "./status-names";

/** A step as it went just now, below what was expected of it. */
export function LiveStep({ live }: { live: PerformedStep }) {
  const differs = live.differs.length > 0;
  return (
    <div className={differs ? "live differs" : "live"}>
      <p className="facts">
        {differs ? "Not as printed" : "As printed"}, after {milliseconds(live.ms)}
      </p>
      {live.differs.map((sentence) => (
        <p key={sentence} className="error">
          {sentence}
        </p>
      ))}
      {"sql" in live ? <LiveSql live={live} /> : <LiveExchange live={live} />}
    </div>
  );
}

function LiveExchange({ live: { request, response, statements } }: { live: PerformedExchange }) {
  return (
    <>
      <pre tabIndex={0}>
        <strong>
          {response.status} {STATUS_NAMES[response.status]}
        </strong>
        {response.text ? `\n\n${response.text}` : ""}
      </pre>
      <details>
        <summary>
          On the wire, {count(response.bytes, "byte")}, and {count(statements.length, "statement")}
        </summary>
        <pre tabIndex={0}>
          <strong>{request.line}</strong>
          {"\n"}
          {headerLines(request.headers)}
          {request.body && `\n${request.body}`}
        </pre>
        <pre tabIndex={0}>
          <strong>{response.status}</strong>
          {"\n"}
          {headerLines(response.headers)}
        </pre>
        {statements.length > 0 && (
          <ol className="statements">
            {statements.map((statement, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same statement can run twice, and none ever moves
              <Statement key={place} of={statement} />
            ))}
          </ol>
        )}
      </details>
    </>
  );
}

function headerLines(headers: { name: string; value: string | null }[]) {
  return headers.map(({ name, value }) => `${name}: ${value ?? "(not shown)"}\n`).join("");
}

function Statement({ of: { text, parameters, rows, ms } }: { of: PerformedStatement }) {
  return (
    <li>
      <pre tabIndex={0}>{text}</pre>
      <p className="facts">
        {milliseconds(ms)}, {count(rows, "row")}
        {parameters.length > 0 && `; ${parameters.join(", ")}`}
      </p>
    </li>
  );
}

function LiveSql({ live: { columns, rows, count: number, error } }: { live: PerformedSql }) {
  if (error !== null) return <pre tabIndex={0}>SQLite: {error}</pre>;
  if (columns.length === 0) return <p>{number === 0 ? "done" : `${count(number, "row")} changed`}</p>;
  if (rows.length === 0) return <p>no row</p>;
  return (
    <section className="table" tabIndex={0} aria-label="Rows">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name, and none ever moves
            <tr key={place}>
              {row.map((value, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a value's name is its place
                <td key={at}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {number > rows.length && <p className="facts">and {count(number - rows.length, "more row")}</p>}
    </section>
  );
}
