import { Input, Parameters, within } from "./back-page";
import { Curl } from "./curl-line";
import type { ToldRecord } from "./records.server";
import { Sizes } from "./sizes";
import { count, milliseconds } from "./story";
import { Timeline } from "./timeline";
import { Who } from "./who";
import { Wire } from "./wire";

/** A record as a file of its own: no script, no address to follow, nothing from elsewhere. */
export function KeptPage({ record, story, curl }: Pick<ToldRecord, "record" | "story" | "curl">) {
  const { request, at } = record;
  const title = `The back of ${request.method} ${request.path}`;
  const when = new Date(at).toISOString();
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta httpEquiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{title}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <h1>{title}</h1>
        <p>
          Recorded by Verso, <time dateTime={when}>{`${when.slice(0, 10)}, ${when.slice(11, 19)} UTC`}</time>. Values
          that Verso does not record are not in this file either.
        </p>
        <p>{story.join(" ")}</p>
        <h2>On the wire</h2>
        <Wire record={record} />
        <Sizes record={record} />
        <Curl line={curl} />
        <h2>Time</h2>
        <Timeline record={record} />
        <Who record={record} login={null} elsewhere={null} />
        <Input record={record} />
        <Statements record={record} />
        <Errors errors={record.errors} />
      </body>
    </html>
  );
}

function Statements({ record: { steps, unkept } }: Pick<ToldRecord, "record">) {
  const statements = steps.filter((step) => step.kind === "statement");
  return (
    <>
      <h2>SQL</h2>
      {statements.length === 0 && <p>The database was not asked for anything.</p>}
      <ol>
        {statements.map((statement) => (
          <li key={statement.started}>
            <pre>{statement.text}</pre>
            <p>
              {milliseconds(statement.ms)}, {statement.rows === null ? "rows not told" : count(statement.rows, "row")}
              {within(steps, statement)}
            </p>
            <Parameters of={statement} />
          </li>
        ))}
      </ol>
      {unkept > 0 && <p>And {count(unkept, "more statement")} that are not kept.</p>}
    </>
  );
}

function Errors({ errors }: { errors: ToldRecord["record"]["errors"] }) {
  if (errors.length === 0) return null;
  return (
    <>
      <h2>Errors</h2>
      <ul>
        {errors.map(({ names, code, places }) => (
          <li key={`${names} ${places}`}>
            {names.join(", caused by ")}
            {code && ` (${code})`}
            {places[0] && `, at ${places[0]}`}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Without the signs that HTML would have to escape: a browser doesn't unescape them here. */
const STYLE = `
html { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; text-wrap: balance; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.25rem; }
h3 { margin: 1rem 0 0.25rem; font-size: 1rem; }
pre, code, dt { font: 0.8125rem/1.5 ui-monospace, monospace; }
pre { padding: 0.6rem; border: 1px solid; white-space: pre-wrap; }
dl, dd { margin: 0; }
dl div { padding: 0.3rem 0; border-top: 1px solid color-mix(in srgb, currentcolor 25%, transparent); }
dd small { display: block; opacity: 0.75; }
summary h2 { display: inline; }
details { margin-top: 2rem; }
table { width: 100%; border-collapse: collapse; }
td, th { padding: 0.3rem 0.5rem 0.3rem 0; text-align: start; vertical-align: baseline; }
.facts, .hint, .parameters { font-size: 0.875rem; opacity: 0.75; }
.timeline, .bars { display: block; width: 100%; font-size: 0.8125rem; fill: currentcolor; }
.ms { text-anchor: end; }
.all { opacity: 0.15; }
`;
