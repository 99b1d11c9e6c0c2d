import { TurnBack } from "~/ui/turn-over";
import { ago } from "./ago";
import { CachingSection } from "./caching-section";
import { CodeSection, FrontSection } from "./code-section";
import { CompareForm } from "./compare-form";
import { Contents } from "./contents";
import { Curl } from "./curl-line";
import { Failures } from "./failures";
import { leadsTo } from "./neighbours";
import { PlanLink } from "./plan-link";
import type { BackRecord, StatementStep } from "./record";
import type { Neighbour, ToldRecord, TurnedPage } from "./records.server";
import { Section } from "./section";
import { Sizes } from "./sizes";
import type { Excerpt } from "./source.server";
import { nameOfLine, SourceLines } from "./source-lines";
import { count, milliseconds, statusOf } from "./story";
import { Timeline } from "./timeline";
import { WaysSection } from "./ways-section";
import { Who } from "./who";
import { Wire } from "./wire";

/** The back of a page: what the server did for one request, read from its record. */
export function BackPage(page: TurnedPage) {
  const { record, keptFor, story, sources, ways } = page;
  return (
    <article className="back">
      <header>
        <Face record={record} />
        <h1>What the server just did</h1>
      </header>
      <div className="story">
        <p>{story.join(" ")}</p>
        <Chain before={page.before} after={page.after} together={page.together} />
      </div>
      <Contents page={page} />
      <Failures record={record} failures={page.failures} />
      <Section title="On the wire" learn={{ name: "request-and-response", title: "Request and response" }}>
        <Wire record={record} />
        <Sizes record={record} />
        <Curl line={page.curl} />
      </Section>
      {ways && <WaysSection ways={ways} here={record.id} />}
      <CachingSection caching={page.caching} />
      <Section title="Time" note={`${milliseconds(record.took)} in all`}>
        <Timeline record={record} />
      </Section>
      <Who record={record} login={page.login} elsewhere={page.elsewhere} />
      <Input record={record} />
      <CodeSection ran={page.ran} asking={page.asking} />
      {page.front && <FrontSection record={record} front={page.front} />}
      <Statements record={record} sources={sources} asking={page.asking} />
      <Others record={record} others={page.others} />
      <p className="hint">
        {keptFor === "login"
          ? "Kept in the server’s memory for this login only: your last fifty requests, until you sign out, until thirty quiet minutes have passed, or until Verso is started anew."
          : "Kept in the server’s memory for this browser only, by a cookie that ends with it: its last ten requests, until thirty quiet minutes have passed, or until Verso is started anew."}{" "}
        Nobody else can open this page. <a href={`/back/${record.id}/keep`}>Keep it as a file</a>
      </p>
    </article>
  );
}

/** Whose back it is, and the way to its front: for a form, the page that it led to. */
function Face({ record }: { record: BackRecord }) {
  const { method, path } = record.request;
  const led = method === "GET" ? null : leadsTo(record);
  return (
    <p className="facts">
      The back of {method === "GET" ? <TurnBack path={path}>{path}</TurnBack> : `${method} ${path}`}
      {led && (
        <>
          , which led to <TurnBack path={led}>{led}</TurnBack>
        </>
      )}
    </p>
  );
}

function Chain({ before, after, together }: Pick<ToldRecord, "before" | "after" | "together">) {
  if (!before && !after && together.length === 0) return null;
  return (
    <ul className="chain">
      {before && (
        <li>
          Shortly before, an answer had told your browser to go here: <TurnLink to={before} />.
        </li>
      )}
      {together.map((other) => (
        <li key={other.id}>
          For the same page the script asked at the same time for <TurnLink to={other} />.
        </li>
      ))}
      {after && (
        <li>
          Its answer told your browser where to go; shortly after, it asked for <TurnLink to={after} />.
        </li>
      )}
    </ul>
  );
}

function TurnLink({ to }: { to: Neighbour }) {
  return (
    <a href={`/back/${to.id}`}>
      {to.method} {to.path} ({statusOf(to.status)}){to.dataOf && `, the data of ${to.dataOf}`}
    </a>
  );
}

export function Input({ record: { steps } }: { record: BackRecord }) {
  const forms = steps.filter((step) => step.kind === "form");
  if (forms.length === 0) return null;
  return (
    <Section title="What the form held" learn={{ name: "validation", title: "Validation" }}>
      {forms.map((form) => (
        <section className="table" key={form.started} tabIndex={0} aria-label="Fields">
          {form.more && <p className="hint">And {count(form.more.fields, "more field")} that are not kept.</p>}
          <table>
            <thead>
              <tr>
                <th>Field</th>
                <th>Sent</th>
                <th>Checked</th>
              </tr>
            </thead>
            <tbody>
              {form.fields.map(({ name, length, value, messages }) => (
                <tr key={name}>
                  <td>
                    <code>{name}</code>
                  </td>
                  <td>
                    {value === undefined ? (
                      length === null ? (
                        "not told"
                      ) : (
                        count(length, "character")
                      )
                    ) : (
                      <code>{value}</code>
                    )}
                  </td>
                  <td>{messages.length > 0 ? messages.join(" ") : "as it should be"}</td>
                </tr>
              ))}
              {form.missed?.map(({ name, messages }) => (
                <tr key={name}>
                  <td>{name === "form" ? "the form as a whole" : <code>{name}</code>}</td>
                  <td>{name === "form" ? "" : "not sent"}</td>
                  <td>{messages.join(" ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </Section>
  );
}

function Statements({ record, sources, asking }: Pick<ToldRecord, "record" | "sources" | "asking">) {
  const { steps, unkept } = record;
  const statements = steps.filter((step) => step.kind === "statement");
  return (
    <Section
      title="SQL"
      note={count(statements.length + unkept, "statement")}
      learn={{ name: "query-plans", title: "Query plans" }}
    >
      {statements.length === 0 && <p>The database was not asked for anything.</p>}
      <ol className="statements">
        {statements.map((statement, place) => (
          <li key={statement.started} id={`statement-${place + 1}`}>
            <pre tabIndex={0}>{statement.text}</pre>
            <p className="facts">
              {milliseconds(statement.ms)}, {rowsOf(statement)}
              {within(steps, statement)}
            </p>
            <Parameters of={statement} />
            <Source of={sources[steps.indexOf(statement)]} asking={asking} />
            <PlanLink record={record} statement={statement} />
          </li>
        ))}
      </ol>
      {unkept > 0 && <p>And {count(unkept, "more statement")} that are not kept.</p>}
    </Section>
  );
}

function Source({ of, asking }: { of: Excerpt | null | undefined } & Pick<ToldRecord, "asking">) {
  if (!of) return null;
  const shown = asking.some(({ source, issued }) => source.file === of.file && issued[of.at]);
  return (
    <>
      <details>
        <summary>
          Written in <code>{of.file}</code>, line {of.at}
        </summary>
        <SourceLines of={of} mark />
      </details>
      {shown && (
        <p className="facts">
          <a href={`#${nameOfLine(of.file, of.at)}`}>The function that it stands in</a>
        </p>
      )}
    </>
  );
}

function rowsOf({ rows, failed }: StatementStep) {
  if (failed) return "refused by the database";
  return rows === null ? "rows not told" : count(rows, "row");
}

/** For which loader or action a statement ran. */
export function within(steps: BackRecord["steps"], { within }: StatementStep) {
  const step = within === null ? undefined : steps[within];
  return step && "route" in step ? `, for the ${step.kind} of ${step.route}` : "";
}

export function Parameters({ of: { parameters } }: { of: StatementStep }) {
  if (parameters.length === 0) return null;
  return (
    <ul className="facts parameters">
      {parameters.map(({ kind, length, origin, name }, place) => {
        const size = length === undefined ? kind : `${kind}, ${count(length, kind === "bytes" ? "byte" : "character")}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a parameter has no name but its place
          <li key={place}>
            <code>?{place + 1}</code> {`${size}${origin ? ` from ${ORIGINS[origin](name ?? "")}` : ""}`}
          </li>
        );
      })}
    </ul>
  );
}

const ORIGINS = {
  session: (name: string) => `your login (${name})`,
  address: (name: string) => `the address (${name})`,
  form: (name: string) => `the form (${name})`,
};

function Others({ record, others }: { record: BackRecord; others: Neighbour[] }) {
  if (others.length === 0) return null;
  return (
    <Section title="Your other requests">
      <ol className="others">
        {others.map((other) => (
          <li key={other.id}>
            <TurnLink to={other} /> <span className="facts">{ago(record.at - other.at)}</span>
          </li>
        ))}
      </ol>
      <CompareForm record={record} others={others} />
    </Section>
  );
}
