import type { Exchange, Sql, Step } from "./experiment";
import { STATUS_NAMES } from "./status-names";

/** A step as it is written: what is sent, and what should come of it. */
export function PrintedStep({ step }: { step: Step }) {
  return "sql" in step ? <PrintedSql step={step} /> : <PrintedExchange step={step} />;
}

function PrintedExchange({ step: { who, method, path, headers, form, json, says, expected } }: { step: Exchange }) {
  return (
    <figure className="exchange">
      <figcaption>
        <b>{WHO[who]}</b> {says}
      </figcaption>
      <pre tabIndex={0}>
        <strong>{method}</strong> <Words text={path} />
        {"\n"}
        <Headers of={headers} />
        {form && <Form fields={form} />}
        {json !== undefined && `\n${JSON.stringify(json, (_, value) => shortened(value))}\n`}
      </pre>
      <pre className="expected" tabIndex={0}>
        <strong>
          {expected.status} {STATUS_NAMES[expected.status]}
        </strong>
        {"\n"}
        <Headers of={expected.headers} />
        {expected.text?.map((text) => (
          <Said key={text}>“{text}”</Said>
        ))}
        {expected.bytes?.map((text) => (
          <Said key={text}>{text}</Said>
        ))}
        {expected.never?.map((text) => (
          <Said key={text}>nowhere: {text}</Said>
        ))}
      </pre>
    </figure>
  );
}

const WHO = {
  nobody: "Nobody",
  ada: "Ada",
  "ada elsewhere": "Ada, in another browser",
  bob: "Bob",
};

function Headers({ of }: { of: Record<string, string> | undefined }) {
  return (
    <>
      {Object.entries(of ?? {}).map(([name, value]) => (
        <span key={name}>
          {name}: <Words text={value} />
          {"\n"}
        </span>
      ))}
    </>
  );
}

function Form({ fields }: { fields: Record<string, string> }) {
  return (
    <>
      {"\n"}
      {Object.entries(fields).map(([name, value], place) => (
        <span key={name}>
          {place > 0 && "&"}
          {name}=<Words text={shortened(value.replaceAll("\n", "⏎").replaceAll(" ", "+"))} />
        </span>
      ))}
    </>
  );
}

/** The longest value that is printed whole. */
const LONGEST = 120;

function shortened<Value>(value: Value): Value | string {
  if (typeof value !== "string" || value.length <= LONGEST) return value;
  return `${value.slice(0, 12)}… (${value.length} characters)`;
}

function Said({ children }: { children: React.ReactNode }) {
  return <span className="said">{children}</span>;
}

function PrintedSql({ step: { sql, values, plan, says, expected } }: { step: Sql }) {
  return (
    <figure className="exchange">
      <figcaption>
        <b>{plan ? "The plan of this" : "SQL"}</b> {says}
      </figcaption>
      <pre tabIndex={0}>
        <Words text={sql} />
        {values?.map((value) => (
          <Said key={value}>? = {value}</Said>
        ))}
      </pre>
      <pre className="expected" tabIndex={0}>
        <ExpectedOfSql {...expected} />
      </pre>
    </figure>
  );
}

function ExpectedOfSql({ error, rows, plan, count }: Sql["expected"]) {
  if (error) return <strong>refused: {error}</strong>;
  const lines = plan ?? rows?.map((row) => row.join(" · "));
  if (lines) return <>{lines.join("\n") || "no row"}</>;
  return <>{count ? `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"} changed` : "done"}</>;
}

/** Text with its placeholders set apart. */
function Words({ text }: { text: string }) {
  return (
    <>
      {text.split(/(\{\w+\}|…)/).map((part, place) =>
        place % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <i key={place}>{part}</i>
        ) : (
          part
        ),
      )}
    </>
  );
}
