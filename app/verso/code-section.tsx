import { Bars } from "./bars";
import type { Front } from "./front.server";
import type { ToldRecord, TurnedPage } from "./records.server";
import { Section } from "./section";
import { SourceLines } from "./source-lines";
import { count } from "./story";

/**
 * The code that ran, as it stood when the program was built: loaders and actions, then the functions
 * that asked the database. In both, the lines that statements came from are marked.
 */
export function CodeSection({ ran, asking }: Pick<ToldRecord, "ran" | "asking">) {
  if (ran.length === 0 && asking.length === 0) return null;
  return (
    <Section title="The code that ran">
      {ran.map(({ source, issued }) => (
        <SourceLines key={`${source.file}:${source.at}`} of={source} issued={issued} />
      ))}
      {asking.length > 0 && (
        <>
          <h3>The functions that asked the database</h3>
          {asking.map(({ source, issued }) => (
            <SourceLines key={`${source.file}:${source.from}`} of={source} issued={issued} named />
          ))}
        </>
      )}
    </Section>
  );
}

/** What of the route's module went to the browser, and what stayed. */
export function FrontSection({ record, front }: Pick<TurnedPage, "record"> & { front: Front }) {
  const { file, bytes, exports, stays, browser, shared } = front;
  const script = record.session.state === "valid";
  return (
    <Section title="Front and back of this module" note={file}>
      <section className="table" tabIndex={0} aria-label="What the module holds">
        <table>
          <thead>
            <tr>
              <th>Part</th>
              <th>Lines</th>
              <th>Runs</th>
            </tr>
          </thead>
          <tbody>
            {exports.map(({ name, lines, runs }) => (
              <tr key={name}>
                <td>
                  <code>{name}</code>
                </td>
                <td>{lines}</td>
                <td>{RUNS[runs]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {browser && (
        <section aria-label="Sizes of the module">
          <Bars
            rows={[
              { what: "Source", bytes },
              { what: "For the browser", bytes: browser.bytes },
              { what: "For the browser (gzip)", bytes: browser.packed },
            ]}
          />
        </section>
      )}
      <p>
        {script
          ? `The build cuts the module in two. What only the server runs is left out of the browser’s file, and whatever only that part used goes with it${shared.files > 0 ? `; what other pages use too stands in ${count(shared.files, "file")} of ${count(shared.packed, "byte")} (gzip) that the browser keeps` : ""}.`
          : "You weren’t signed in, and a page for anyone has no script: nothing of this module went to your browser but the HTML that it made."}
      </p>
      {stays.length > 0 && (
        <p>
          Never sent, for it is the server’s alone:{" "}
          {stays.map((name, place) => (
            <span key={name}>
              {place > 0 && ", "}
              <code>{name.replace("~/", "app/")}</code>
            </span>
          ))}
          .
        </p>
      )}
    </Section>
  );
}

const RUNS = {
  server: "on the server only",
  browser: "in the browser only",
  both: "on the server for the HTML, in the browser from then on",
};
