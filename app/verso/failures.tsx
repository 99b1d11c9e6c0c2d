import { headerOf } from "./record";
import type { ToldRecord } from "./records.server";
import { Section } from "./section";
import { SourceLines } from "./source-lines";

/** Errors that nobody meant: what they are called and where they came from, and nothing that they say. */
export function Failures({ record: { errors, response }, failures }: Pick<ToldRecord, "record" | "failures">) {
  if (errors.length === 0) return null;
  const reference = headerOf(response.headers, "x-request-id");
  return (
    <Section title="What went wrong">
      {errors.map(({ names: [name, ...causes], code }, place) => {
        const source = failures[place];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an error has no name but its place
          <div key={place}>
            <p>
              An error that nobody had foreseen: <code>{name}</code>
              {causes.length > 0 && (
                <>
                  , caused by <code>{causes.join(", ")}</code>
                </>
              )}
              {code && (
                <>
                  {" "}
                  (<code>{code}</code>)
                </>
              )}
              . {source ? "It came from here:" : "It didn’t come from a line of ours."}
            </p>
            {source && <SourceLines of={source} mark />}
          </div>
        );
      })}
      <p className="hint">
        What an error says can hold somebody’s words, so it isn’t kept here. Whoever runs this Verso finds it in the
        log, under the reference <code>{reference}</code>.
      </p>
    </Section>
  );
}
