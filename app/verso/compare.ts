import { byProgram, byScript } from "./neighbours";
import type { BackRecord, RouteStep, SeenField, SeenHeader, StatementStep } from "./record";
import { count, list, meaningOf, milliseconds, statusOf } from "./story";

/** Two records side by side, the earlier first, whichever was asked for first. */
export interface Comparison {
  earlier: Compared;
  later: Compared;
  /** What differs, in plain words, made by rules from the two records alone. */
  sentences: string[];
  /** What the requests and the answers held that differs; null where one had none. */
  facts: Difference[];
  asked: Difference[];
  answered: Difference[];
  statements: ComparedStatement[];
}

export interface Compared {
  id: string;
  method: string;
  path: string;
  status: number;
}

export interface Difference {
  name: string;
  earlier: string | null;
  later: string | null;
}

/** One shape of statement, and what it did for each of the two. */
export interface ComparedStatement {
  shape: string;
  earlier: Runs | null;
  later: Runs | null;
  change: Change;
}

export type Change = "removed" | "added" | "more" | "fewer" | "slower" | "faster" | "rows" | "same";

/** All runs of one shape for one request. */
export interface Runs {
  times: number;
  ms: number;
  /** Null where the number is not told. */
  rows: number | null;
}

/** Compares two records of one owner; which of them is named first makes no difference. */
export function compareRecords(one: BackRecord, other: BackRecord): Comparison {
  const [earlier, later] = one.at <= other.at ? [one, other] : [other, one];
  const statements = compareStatements(earlier, later);
  const facts = compareFacts(earlier, later);
  const asked = compareHeaders(earlier.request.headers, later.request.headers);
  const answered = compareHeaders(earlier.response.headers, later.response.headers);
  return {
    earlier: compared(earlier),
    later: compared(later),
    sentences: [
      requests(earlier, later),
      statuses(earlier, later),
      told(statements, earlier, later),
      headers(asked, answered),
      times(earlier, later),
    ].filter((sentence) => sentence !== ""),
    facts,
    asked,
    answered,
    statements,
  };
}

function compared({ id, request, response }: BackRecord): Compared {
  return { id, method: request.method, path: request.path, status: response.status };
}

/**
 * Aligns the statements of two records by their shape, in the order in which each is first met.
 * Loaders run side by side, so that the order in which statements came says nothing.
 */
export function compareStatements(earlier: BackRecord, later: BackRecord): ComparedStatement[] {
  const before = runsIn(earlier);
  const after = runsIn(later);
  return [...new Set([...before.keys(), ...after.keys()])].map((shape) => {
    const runs = { earlier: before.get(shape) ?? null, later: after.get(shape) ?? null };
    return { shape, ...runs, change: changeOf(runs.earlier, runs.later) };
  });
}

/** A statement as it is whatever the number of its values: a list of them has one shape at any length. */
export function shapeOf(text: string) {
  return text.replace(/\bin \(\?(?:, ?\?)*\)/gi, "in (?, …)");
}

function runsIn({ steps }: BackRecord) {
  const found = new Map<string, Runs>();
  for (const { text, ms, rows } of steps.filter((step): step is StatementStep => step.kind === "statement")) {
    const shape = shapeOf(text);
    const { times, ms: sum, rows: all } = found.get(shape) ?? { times: 0, ms: 0, rows: 0 };
    found.set(shape, { times: times + 1, ms: sum + ms, rows: rows === null || all === null ? null : all + rows });
  }
  return found;
}

/** Less than this is chance: a statement is slower from twice the time on, and from this many milliseconds more. */
const SLOWER = { times: 2, ms: 1 };

function changeOf(earlier: Runs | null, later: Runs | null): Change {
  if (!later) return "removed";
  if (!earlier) return "added";
  if (earlier.times !== later.times) return earlier.times < later.times ? "more" : "fewer";
  if (isSlower(earlier.ms, later.ms)) return "slower";
  if (isSlower(later.ms, earlier.ms)) return "faster";
  return earlier.rows === later.rows ? "same" : "rows";
}

function isSlower(one: number, other: number) {
  return other >= one * SLOWER.times && other - one >= SLOWER.ms;
}

/** Every request and every answer has its own. */
const ALWAYS_ITS_OWN = new Set(["x-request-id", "date", "server-timing"]);

/** Headers whose values differ, as far as they are known; where neither is shown, nothing can be said. */
function compareHeaders(earlier: SeenHeader[], later: SeenHeader[]): Difference[] {
  const values = (headers: SeenHeader[]) => new Map(headers.map(({ name, value }) => [name, value ?? "not shown"]));
  return differences(values(earlier), values(later)).filter(({ name }) => !ALWAYS_ITS_OWN.has(name));
}

function compareFacts(earlier: BackRecord, later: BackRecord): Difference[] {
  return differences(factsOf(earlier), factsOf(later));
}

function differences(earlier: Map<string, string>, later: Map<string, string>): Difference[] {
  return [...new Set([...earlier.keys(), ...later.keys()])]
    .map((name) => ({ name, earlier: earlier.get(name) ?? null, later: later.get(name) ?? null }))
    .filter((row) => row.earlier !== row.later);
}

/** What there is to compare beside headers and statements, each under its name. */
function factsOf(record: BackRecord) {
  const { request, response, session, steps, errors } = record;
  const forms = steps.filter((step) => step.kind === "form");
  const ran = steps.filter((step): step is RouteStep => step.kind === "loader" || step.kind === "action");
  const facts: [string, string][] = [
    ["Login", session.state === "valid" ? "open" : session.state === "none" ? "none" : "brought, and worth nothing"],
    ["Asked by", askedBy(record)],
    ...request.query.map((field): [string, string] => [`In the address: ${field.name}`, sizeOf(field)]),
    ...(request.more?.query
      ? [["In the address, not kept", count(request.more.query, "parameter")] satisfies [string, string]]
      : []),
    ["Body sent", request.bytes === null ? "its length is not told" : count(request.bytes, "byte")],
    ...forms.flatMap(({ missed = [] }) =>
      missed.map(({ name, messages }): [string, string] => [
        `In the form: ${name}`,
        [...(name === "form" ? [] : ["not sent"]), ...messages].join(". "),
      ]),
    ),
    ...forms.flatMap(({ fields }) =>
      fields.map((field): [string, string] => [
        `In the form: ${field.name}`,
        [sizeOf(field), ...field.messages].join(". "),
      ]),
    ),
    ...forms.flatMap(({ more }): [string, string][] =>
      more ? [["In the form, not kept", count(more.fields, "field")]] : [],
    ),
    ...ran.map(({ kind, route, outcome, status }): [string, string] => [
      `The ${kind} of ${route}`,
      outcome === "failed"
        ? "failed"
        : outcome === "running"
          ? "had not ended"
          : status === null
            ? "ran"
            : `answered ${status}`,
    ]),
    ...response.cookies.map(({ name, length, attributes, removed }): [string, string] => [
      `Cookie set: ${name}`,
      [removed ? "to be forgotten" : count(length, "character"), ...attributes].join("; "),
    ]),
    ...errors.map(({ names, places }): [string, string] => [
      `Error: ${names.join(", caused by ")}`,
      places[0] ?? "not in a line of ours",
    ]),
    ["Body answered", count(response.bytes, "byte")],
    ["Body as it was sent", count(response.packed, "byte")],
    ["Over the network", count(response.sent, "byte")],
  ];
  const named = new Map<string, string>();
  for (const [name, value] of facts) named.set(name, [named.get(name) ?? [], value].flat().join(" and "));
  return named;
}

function askedBy(record: BackRecord) {
  if (byProgram(record)) return "a program";
  return byScript(record) ? "a script, for data" : "the browser, for a page";
}

function sizeOf({ length, value }: SeenField) {
  if (value !== undefined) return `“${value}”`;
  return length === null ? "not told" : count(length, "character");
}

function requests({ request: one }: BackRecord, { request: other }: BackRecord) {
  const [first, second] = [one, other].map(({ method, path }) => `${method} ${path}`);
  return first === second ? `Both were ${first}.` : `The earlier was ${first}, the later ${second}.`;
}

function statuses({ response: one }: BackRecord, { response: other }: BackRecord) {
  const [first, second] = [one, other].map(({ status }) => {
    const meaning = meaningOf(status);
    return meaning ? `${status} – ${meaning}` : statusOf(status);
  });
  return first === second
    ? `Both were answered ${first}.`
    : `The earlier was answered ${first}; the later was answered ${second}.`;
}

function told(statements: ComparedStatement[], earlier: BackRecord, later: BackRecord) {
  const past = earlier.unkept + later.unkept > 0 ? " Statements that are not kept are not compared." : "";
  if (statements.length === 0) return "Neither asked the database for anything.";
  const parts = (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((change) => {
    const number = statements.filter((statement) => statement.change === change).length;
    return number === 0 ? [] : [`${number} ${WORDS[change]}`];
  });
  if (parts.length === 0) return `Both asked SQLite for the same and got as many rows.${past}`;
  return `Of ${count(statements.length, "kind")} of statement, ${list(parts)}.${past}`;
}

/** What became of a statement, as a sentence goes on after a number. */
const WORDS = {
  added: "ran in the later only",
  removed: "ran in the earlier only",
  more: "ran more often in the later",
  fewer: "ran less often in the later",
  slower: "took longer in the later",
  faster: "took less long in the later",
  rows: "met another number of rows",
} satisfies Record<Exclude<Change, "same">, string>;

function headers(asked: Difference[], answered: Difference[]) {
  const parts = [
    ...(asked.length > 0 ? [`${count(asked.length, "header")} of the requests`] : []),
    ...(answered.length > 0 ? [`${count(answered.length, "header")} of the answers`] : []),
  ];
  if (parts.length === 0) return "No header whose value is shown differs.";
  const [only] = parts.length === 1 ? [asked.length + answered.length] : [];
  return `${list(parts)} ${only === 1 ? "differs" : "differ"}.`;
}

function times({ took: one }: BackRecord, { took: other }: BackRecord) {
  return `The earlier took ${milliseconds(one)}, the later ${milliseconds(other)}.`;
}
