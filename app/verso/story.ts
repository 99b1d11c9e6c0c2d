import { byProgram, byScript } from "./neighbours";
import { type BackRecord, type FormStep, headerOf, type RouteStep, type StatementStep } from "./record";

/**
 * What happened, in plain words, made by rules from the record alone. What no rule knows is named
 * as it stands and never guessed at.
 *
 * @param before the record whose answer had told to go here, shortly before, where there is one.
 */
export function storyOf(record: BackRecord, before: BackRecord | null = null): string[] {
  return [
    asked(record, before),
    overAndOver(record),
    known(record),
    ran(record),
    read(record),
    wrote(record),
    unkept(record),
    aside(record),
    answered(record),
  ].filter((sentence) => sentence !== "");
}

function asked(record: BackRecord, before: BackRecord | null) {
  const { request } = record;
  const { method, path } = request;
  const script = byScript(record) || headerOf(request.headers, "sec-fetch-dest") === "empty";
  const whole = byProgram(record) ? "A program" : script ? "A script of this page" : "Your browser";
  if (method === "POST")
    return request.bytes === null
      ? `${whole} sent a POST to ${path}, with a form whose length is not told.`
      : `${whole} sent a POST to ${path}, with ${count(request.bytes, "byte")} ${bodyOf(request)}.`;
  const parameters = request.query.length + (request.more?.query ?? 0);
  const query = parameters > 0 ? ` with ${count(parameters, "parameter")} in its address` : "";
  // Whether it came for that reason nobody knows: a person can ask for the same by themselves.
  const told = before
    ? `, ${afterwards(before, record)} the answer to its ${before.request.method} ${before.request.path} had told it to`
    : "";
  const only = request.dataOf ? `, only for the data of ${request.dataOf}` : "";
  if (method === "GET") return `${whole} asked for ${path}${query}${only}${told}.`;
  return `${whole} sent a ${method} for ${path}${query}${told}.`;
}

function overAndOver({ instead = 0 }: BackRecord) {
  if (instead === 0) return "";
  return `The same page had sent ${count(instead, "draft")} before this one; of those only the latest is kept here.`;
}

/** How long after an answer another request came. */
function afterwards(before: BackRecord, { at }: BackRecord) {
  const seconds = Math.round((at - before.at - before.took) / 1_000);
  return seconds < 1 ? "right after" : `${count(seconds, "second")} after`;
}

function bodyOf({ headers }: BackRecord["request"]) {
  const type = headerOf(headers, "content-type") ?? "";
  if (type === "" || /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type))
    return "of what a form held";
  return /^application\/json/i.test(type) ? "of JSON" : "that are no form";
}

function known({ session, request }: BackRecord) {
  if (session.state === "none") return "Nothing in the request said who you are.";
  if (session.state === "unknown")
    return "The login cookie it brought names no login that is still open, so you counted as nobody.";
  const one =
    request.cookies.length + (request.more?.cookies ?? 0) === 1
      ? "The cookie it brought"
      : "One of the cookies it brought";
  return `${one} names your login, so the server knew that it is you.`;
}

function ran({ steps }: BackRecord) {
  const guard = steps.find((step) => step.kind === "guard");
  if (guard?.refused)
    return `The guard, which looks at every request before anything runs, refused it with ${guard.refused}.`;
  const forms = steps.filter((step) => step.kind === "form");
  const actions = routesOf(steps, "action").map((step) =>
    step.outcome === "running"
      ? `The action of ${step.route} began${checked(forms)}. ${left([step])}`
      : `The action of ${step.route} ran${checked(forms)}${endOf(step)}.`,
  );
  const loaders = routesOf(steps, "loader");
  if (loaders.length === 0) return actions.join(" ");
  const names = list(loaders.map(({ route }) => route));
  const running = loaders.filter(({ outcome }) => outcome === "running");
  const verb = running.length > 0 ? "began" : "ran";
  const together =
    loaders.length === 1 ? `The loader of ${names} ${verb}` : `The loaders of ${names} ${verb}, side by side`;
  const ends = list([...new Set(loaders.map(endOf).filter(Boolean))]);
  return [...actions, `${together}${ends}.`, ...(running.length > 0 ? [left(running)] : [])].join(" ");
}

function left(running: RouteStep[]) {
  const they = running.length === 1 ? "it" : "they";
  const which =
    running.length === 1 ? `that of ${running[0]?.route}` : `those of ${list(running.map(({ route }) => route))}`;
  return `Whoever asked was gone before ${which} had ended: what ${they} did from then on is not known here.`;
}

function routesOf(steps: BackRecord["steps"], kind: "loader" | "action") {
  return steps.filter((step): step is RouteStep => step.kind === kind);
}

function checked(forms: FormStep[]) {
  const [form] = forms;
  if (!form) return "";
  const missing = (form.missed ?? []).filter(({ name }) => name !== "form").length;
  const { more = { fields: 0, wrong: 0 } } = form;
  const wrong = form.fields.filter(({ messages }) => messages.length > 0).length + more.wrong + missing;
  const all = form.fields.length + more.fields + missing;
  if (wrong > 0) return `, found ${count(wrong, "field")} of ${all} not as ${wrong === 1 ? "it" : "they"} should be`;
  if (form.missed) return ", found the form as a whole not as it should be";
  return all === 0 ? "" : `, found ${count(all, "field")} to be as ${all === 1 ? "it" : "they"} should`;
}

function endOf({ outcome, status }: RouteStep) {
  if (outcome === "running") return "";
  if (outcome === "failed") return " and failed";
  if (outcome === "threw") return ` and broke off with ${status}`;
  return status === null ? "" : ` and answered ${status}`;
}

function read({ steps }: BackRecord) {
  const reads = statementsOf(steps).filter(({ connection }) => connection === "read");
  if (reads.length === 0) return "";
  const asked = `SQLite was asked ${times(reads.length)}`;
  if (reads.some(({ rows }) => rows === null)) return `${asked}; what it found is not told.`;
  const rows = reads.reduce((sum, step) => sum + (step.rows ?? 0), 0);
  return `${asked} and found ${count(rows, "row")}.`;
}

function wrote({ steps }: BackRecord) {
  const transactions = transactionsOf(statementsOf(steps).filter(({ connection }) => connection === "write"));
  if (transactions.length === 0) return "";
  const done = transactions.filter(({ end }) => end === "done");
  const undone = transactions.filter(({ end }) => end === "undone").length;
  const open = transactions.length - done.length - undone;
  const unknown =
    open > 0 ? [`How ${within(open, done.length + undone > 0 ? "more" : "")} ended is not known here.`] : [];
  if (done.length + undone === 0) return unknown.join(" ");
  return [ended(done, undone), ...unknown].join(" ");
}

function ended(done: { rows: number }[], undone: number) {
  if (done.length === 0) return `It began to write in ${within(undone)}, and took back what it had written.`;
  const changed = done.reduce((sum, { rows }) => sum + rows, 0);
  const whole = done.length === 1 ? "all of them, or none" : "each of these is done as a whole, or not at all";
  const written =
    changed === 0
      ? `It opened ${within(done.length)} and changed nothing`
      : `It wrote ${count(changed, "row")} in ${within(done.length)}: ${whole}`;
  return undone === 0 ? `${written}.` : `${written}. What it began to write in ${within(undone, "more")} it took back.`;
}

function within(transactions: number, more = "") {
  const words = [transactions === 1 ? "one" : transactions, more, transactions === 1 ? "transaction" : "transactions"];
  return words.filter(Boolean).join(" ");
}

/** How many rows each transaction changed, and how it ended; null where that is past what is kept, or came after the answer. */
function transactionsOf(writes: StatementStep[]) {
  const transactions: { rows: number; end: "done" | "undone" | null }[] = [];
  for (const { text, rows, failed } of writes) {
    if (/^begin/i.test(text)) {
      // One that could not begin, because somebody else was writing, is tried again.
      if (!failed) transactions.push({ rows: 0, end: null });
      continue;
    }
    const current = transactions.at(-1);
    if (!current) continue;
    if (/^(insert|update|delete)/i.test(text)) current.rows += rows ?? 0;
    // A disk that is full takes a transaction back by itself, without a word.
    if (failed || /^rollback/i.test(text)) current.end = "undone";
    else if (/^commit/i.test(text)) current.end = "done";
  }
  return transactions;
}

function unkept({ steps, unkept }: BackRecord) {
  const kept = steps.filter(({ kind }) => kind === "statement").length;
  return unkept === 0
    ? ""
    : `Of ${count(kept + unkept, "statement")} ${kept === 1 ? "only the first is" : `only the first ${kept} are`} kept; what is said here is of those.`;
}

function aside({ background }: BackRecord) {
  if (background === undefined) return "";
  const before = background === 0 ? "" : `; ${count(background, "statement")} of that ran before the answer was out`;
  return `It set work going that goes on by itself and is not counted here${before}.`;
}

function statementsOf(steps: BackRecord["steps"]) {
  return steps.filter((step) => step.kind === "statement");
}

/** Why a status, in a few words; undefined where no rule knows it. */
export function meaningOf(status: number): string | undefined {
  return MEANINGS[status];
}

/** RFC 9110; RFC 6585 for 429. */
const MEANINGS: Record<number, string> = {
  200: "here it is",
  201: "it is made",
  204: "done, and there is nothing to show",
  303: "done; now look over there",
  304: "what you have is still right",
  307: "send the same to over there",
  400: "this can't be read",
  401: "first say who you are",
  403: "not from there",
  404: "there is nothing here, or nothing that you may see",
  405: "this address doesn't do that",
  409: "somebody saved first",
  413: "this is too much at once",
  415: "not in this form",
  421: "not by this name",
  422: "read, and not as it should be",
  429: "too many; wait a while",
  500: "something went wrong on the server",
  503: "not just now",
};

function answered({ response, took }: BackRecord) {
  if (response.status === 0)
    return `No answer was sent: whoever asked was gone after ${milliseconds(took)}, before there was one.`;
  const script = headerOf(response.headers, "x-remix-redirect");
  if (script)
    return `The answer was ${response.status} – done, and the script may now look over there (to ${script}), after ${milliseconds(took)}.`;
  const meaning = meaningOf(response.status);
  const to = headerOf(response.headers, "location");
  const where = to ? ` (to ${to})` : "";
  const bytes = response.bytes > 0 ? `, ${count(response.bytes, "byte")}` : "";
  return `The answer was ${response.status}${meaning ? ` – ${meaning}` : ""}${where}${bytes}, after ${milliseconds(took)}.${response.brokenOff ? " Whoever asked was gone before all of it was sent." : ""}`;
}

/** A status as it stands beside an address. */
export function statusOf(status: number) {
  return status === 0 ? "no answer" : String(status);
}

/** Milliseconds as people read them. */
export function milliseconds(ms: number) {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** A number with its word, in the plural where it is one. */
export function count(number: number, word: string) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

/** How often, in words. */
export function times(number: number) {
  return number === 1 ? "once" : number === 2 ? "twice" : `${number} times`;
}

/** Words in a row, as a sentence has them. */
export function list(words: string[]) {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
