import { type IncomingHttpHeaders, type IncomingMessage, request, type Server } from "node:http";
import type Sqlite from "better-sqlite3";
import type { listenToStatements } from "~/db/statements.server";
import { seenHeaders, sentHeaders } from "~/verso/redact.server";
import {
  type Exchange,
  type Experiment,
  fill,
  fits,
  type Sql,
  type Step,
  unfill,
  type Who,
  type Words,
} from "./experiment";
import type { Performed, PerformedExchange, PerformedSql, PerformedStatement } from "./performed";
import { pipe } from "./pipe.server";
import { readable } from "./readable";

/** Where an experiment is performed: a Verso of its own, with nobody in it yet. */
export interface Stage {
  server: Server;
  engine: { writer: Sqlite.Database };
  settings: { origins: string[] };
  listenToStatements: typeof listenToStatements;
}

/** Of an answer as a person reads it, in UTF-16 units. */
const MOST_TEXT = 600;
/** Of an answer in bytes; what comes past that ends the run. */
const MOST_BYTES = 4_000_000;
/** Statements told of one request, and how much of each. */
const MOST_STATEMENTS = 40;
const MOST_OF_STATEMENT = 1_500;
const MOST_ROWS = 12;

const PASSWORD = "a long enough password";
const PEOPLE = {
  ada: { name: "Ada", email: "ada@lab.example", password: PASSWORD },
  bob: { name: "Bob", email: "bob@lab.example", password: PASSWORD },
};

/**
 * Performs an experiment, step after step, with people made for it.
 *
 * @param began when the run began, on the clock of `performance.now()`.
 */
export async function perform(stage: Stage, { steps }: Experiment, began: number): Promise<Performed> {
  const troupe = new Troupe(stage);
  await troupe.bringOn(new Set(steps.flatMap((step) => ("who" in step ? [step.who] : []))));
  const words: Words = new Map();
  const own = ownWords(steps);
  const performed = [];
  for (const step of steps)
    performed.push("sql" in step ? runSql(stage, step, words) : await exchange(stage, troupe, step, words, own));
  return { steps: performed, took: performance.now() - began };
}

async function exchange(
  stage: Stage,
  troupe: Troupe,
  step: Exchange,
  words: Words,
  own: ReadonlySet<string>,
): Promise<PerformedExchange> {
  const reports: PerformedStatement[] = [];
  const raw: { report: PerformedStatement; values: readonly unknown[] }[] = [];
  const end = stage.listenToStatements(({ text, rows, ms }, values) => {
    if (raw.length >= MOST_STATEMENTS) return;
    raw.push({ report: { text: text.slice(0, MOST_OF_STATEMENT), parameters: [], rows, ms }, values });
  });
  const started = performance.now();
  const asked = asRequest(step, words);
  const answer = await troupe.ask(step.who, asked).finally(end);
  const ms = performance.now() - started;
  const differs = differences(step, answer, words);
  for (const { report, values } of raw) {
    reports.push({ ...report, parameters: values.map((value) => shownValue(value, words, own)) });
  }
  return {
    ms,
    differs,
    request: {
      line: `${step.method} ${asked.path}`,
      headers: seenHeaders(answer.asked, stage.settings.origins),
      body: asked.body?.slice(0, MOST_TEXT) ?? "",
    },
    response: {
      status: answer.status,
      headers: sentHeaders(answer.headers).map(({ name, value }) => ({ name, value })),
      text: unfill(readable(answer.text), words).slice(0, MOST_TEXT),
      bytes: Buffer.byteLength(answer.text),
    },
    statements: reports,
  };
}

function differences({ expected }: Exchange, answer: Answer, words: Words) {
  const differs: string[] = [];
  if (answer.status !== expected.status) differs.push(`The status was ${answer.status}, and not ${expected.status}.`);
  for (const [name, template] of Object.entries(expected.headers ?? {})) {
    const value = answer.headers[name.toLowerCase()];
    if (value === undefined) differs.push(`There was no header ${name}.`);
    else if (![value].flat().some((line) => fits(template, line, words, true)))
      differs.push(`The header ${name} was not “${template}”.`);
  }
  const read = readable(answer.text);
  for (const template of expected.text ?? [])
    if (!fits(template, read, words)) differs.push(`The answer does not say “${template}”.`);
  for (const template of expected.bytes ?? [])
    if (!fits(template, answer.text, words)) differs.push(`The answer’s bytes do not hold “${template}”.`);
  for (const text of expected.never ?? [])
    if (answer.text.includes(fill(text, words))) differs.push(`The answer holds “${text}”.`);
  return differs;
}

function runSql({ engine: { writer } }: Stage, step: Sql, words: Words): PerformedSql {
  const sql = fill(step.sql, words);
  const started = performance.now();
  const outcome = outcomeOf(writer, step.plan ? `explain query plan ${sql}` : sql, step.values);
  const ms = performance.now() - started;
  const rows = step.plan ? outcome.rows.map((row) => row.slice(-1)) : outcome.rows;
  const columns = step.plan ? ["plan"] : outcome.columns;
  const result = { sql, ms, columns, rows: rows.slice(0, MOST_ROWS), count: outcome.count, error: outcome.error };
  return { ...result, differs: sqlDifferences(step, { ...result, rows }, words) };
}

function outcomeOf(writer: Sqlite.Database, sql: string, values: string[] = []) {
  try {
    const statement = writer.prepare(sql);
    if (!statement.reader) return { columns: [], rows: [], count: statement.run(...values).changes, error: null };
    const rows = (statement.raw().all(...values) as unknown[][]).map((row) => row.map(asWord));
    return { columns: statement.columns().map(({ name }) => name), rows, count: rows.length, error: null };
  } catch (error) {
    return { columns: [], rows: [], count: 0, error: error instanceof Error ? error.message : String(error) };
  }
}

function asWord(value: unknown) {
  if (value === null) return "NULL";
  if (value === "") return "(empty)";
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return String(value).slice(0, 120);
}

function sqlDifferences(
  { expected }: Sql,
  { rows, count, error }: Pick<PerformedSql, "rows" | "count" | "error">,
  words: Words,
) {
  const differs: string[] = [];
  if (error !== null && expected.error === undefined) differs.push(`SQLite refused it: ${error}.`);
  if (expected.error !== undefined && !(error && fits(expected.error, error, words)))
    differs.push(`SQLite did not refuse it with “${expected.error}”.`);
  if (expected.count !== undefined && count !== expected.count)
    differs.push(`The number of rows was ${count}, and not ${expected.count}.`);
  if (expected.rows && expected.rows.length !== rows.length) differs.push(`There were ${rows.length} rows.`);
  for (const [place, row] of (expected.rows ?? []).entries()) {
    const found = rows[place] ?? [];
    if (row.length !== found.length || !row.every((template, at) => fits(template, found[at] ?? "", words, true)))
      differs.push(`Row ${place + 1} was ${found.join(", ")}.`);
  }
  for (const template of expected.plan ?? [])
    if (!rows.some(([line]) => fits(template, line ?? "", words))) differs.push(`The plan does not say “${template}”.`);
  return differs;
}

/** What the experiment itself says: such words may be shown wherever they turn up. */
function ownWords(steps: Step[]) {
  return new Set(
    steps.flatMap((step) => {
      if ("sql" in step) return [];
      const sent = step.json && typeof step.json === "object" ? step.json : {};
      return Object.values({ ...step.form, ...sent }).filter((value): value is string => typeof value === "string");
    }),
  );
}

function shownValue(value: unknown, words: Words, own: ReadonlySet<string>) {
  if (typeof value === "number" || value === null) return String(value);
  if (typeof value !== "string") return "bytes";
  const named = [...words].find(([, word]) => word === value)?.[0];
  if (named) return `{${named}}`;
  return own.has(value) && value.length < 60 ? `“${value}”` : `text, ${value.length} characters`;
}

interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

function asRequest({ method, path, headers, form, json }: Exchange, words: Words): Asked {
  const filled = (record: Record<string, string>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, fill(value, words)]));
  const body = form
    ? new URLSearchParams(filled(form)).toString()
    : json === undefined
      ? undefined
      : fill(JSON.stringify(json), words);
  const type = form ? "application/x-www-form-urlencoded" : json === undefined ? undefined : "application/json";
  return {
    method,
    path: fill(path, words),
    headers: { ...(type && { "Content-Type": type }), ...filled(headers ?? {}) },
    body,
  };
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The headers that went out. */
  asked: IncomingHttpHeaders;
}

/** The people of an experiment, each with a browser of their own that keeps cookies and follows nothing. */
class Troupe {
  private readonly cookies = new Map<Who, Map<string, string>>();

  constructor(private readonly stage: Stage) {}

  /** Makes the accounts and signs them in, by the same forms as anybody. */
  async bringOn(who: ReadonlySet<Who>) {
    await this.mustSeeOther("ada", "/setup", PEOPLE.ada);
    if (who.has("bob")) await this.mustSeeOther("bob", "/join", PEOPLE.bob);
    if (who.has("ada elsewhere")) await this.mustSeeOther("ada elsewhere", "/login", PEOPLE.ada);
  }

  async ask(who: Who, { method, path, headers, body }: Asked): Promise<Answer> {
    const origin = this.stage.settings.origins[0] ?? "";
    const jar = this.cookies.get(who) ?? new Map<string, string>();
    this.cookies.set(who, jar);
    const changing = !["GET", "HEAD", "OPTIONS"].includes(method);
    const sent = {
      Host: new URL(origin).host,
      ...(changing && { Origin: origin, "Sec-Fetch-Site": "same-origin" }),
      ...(jar.size > 0 && { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") }),
      ...(body !== undefined && { "Content-Length": String(Buffer.byteLength(body)) }),
      ...headers,
    };
    const answer = await overPipe(this.stage.server, { method, path, headers: sent, body });
    for (const line of answer.headers["set-cookie"] ?? []) keepCookie(jar, line);
    return answer;
  }

  private async mustSeeOther(who: Who, path: string, form: Record<string, string>) {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams(form).toString();
    const { status } = await this.ask(who, { method: "POST", path, headers, body });
    if (status !== 303) throw new Error(`${path} answered ${status}`);
  }
}

function keepCookie(jar: Map<string, string>, line: string) {
  const [pair = ""] = line.split(";");
  const [name = "", ...value] = pair.split("=");
  if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
  else jar.set(name, value.join("="));
}

function overPipe(server: Server, { method, path, headers, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const [near, far] = pipe();
    server.emit("connection", far);
    const asking = request({ method, path, headers, createConnection: () => near }, (answer) => {
      read(answer).then(
        (text) =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, asked: lowerCased(headers) }),
        reject,
      );
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

async function read(answer: IncomingMessage) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) throw new Error("the answer is too long for the lab");
  }
  return Buffer.concat(chunks).toString("utf8");
}

function lowerCased(headers: Record<string, string>) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
