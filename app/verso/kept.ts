import type { BackRecord, RouteStep, SeenHeader } from "./record";
import { count, list } from "./story";

/** What a file of this record will hold, one sentence each, made by rules from the record alone. */
export function holdingsOf(record: BackRecord): string[] {
  const { request, response } = record;
  return [
    "When the request came, how long its answer took, and how long each step of that.",
    `The address as it stands here: ${request.method} ${request.path}.`,
    fields("the address", request.query, request.more?.query),
    headers("request", request.headers, request.more?.headers),
    cookies("Your browser sent", request.cookies, request.more?.cookies),
    ...forms(record),
    response.status === 0
      ? "That no answer was sent, for whoever asked was gone."
      : `The status, ${response.status}, and how long the bodies were; nothing of what stood in them.`,
    headers("answer", response.headers),
    cookies("The answer set", response.cookies),
    session(record),
    decisions(record),
    routes(record),
    statements(record),
    record.background === undefined
      ? ""
      : "That it set work going which went on by itself, and how many statements of that ran before the answer; nothing else of it.",
    errors(record),
  ].filter((sentence) => sentence !== "");
}

interface Named {
  name: string;
  length: number | null;
  value?: string;
}

/** Fields by whether their value is held. */
function fields(what: string, all: Named[], more = 0) {
  const seen = all.filter(({ value }) => value !== undefined);
  const secret = all.filter(({ length }) => length === null);
  const hidden = all.filter(({ value, length }) => value === undefined && length !== null);
  const parts = [
    ...(seen.length > 0 ? [`${names(seen)} with what it held`] : []),
    ...(hidden.length > 0 ? [`${names(hidden)} by name and length only`] : []),
    ...(secret.length > 0 ? [`${names(secret)} by name only`] : []),
    ...(more > 0 ? [`${more} more, by their number only`] : []),
  ];
  return parts.length === 0 ? "" : `Of ${what}: ${parts.join("; ")}.`;
}

function forms({ steps }: BackRecord) {
  return steps.flatMap((step) => {
    if (step.kind !== "form") return [];
    const refused = [...step.fields, ...(step.missed ?? [])].filter(({ messages }) => messages.length > 0);
    const messages = refused.length > 0 ? [`What was said of ${names(refused)}.`] : [];
    return [fields("the form", step.fields, step.more?.fields), ...messages];
  });
}

function headers(of: string, all: SeenHeader[], more = 0) {
  const seen = all.filter(({ value }) => value !== null);
  const hidden = all.filter(({ value }) => value === null);
  if (all.length === 0) return "";
  const rest = hidden.length > 0 ? `; of ${names(hidden)} only that there was one` : "";
  const others = more > 0 ? `; of ${more} more only their number` : "";
  return `${count(seen.length, "header")} of the ${of} with what stood in ${seen.length === 1 ? "it" : "them"}${rest}${others}.`;
}

function cookies(who: string, all: Named[], more = 0) {
  if (all.length === 0) return "";
  const others = more > 0 ? `, and of ${more} more only their number` : "";
  return `${who} ${count(all.length + more, "cookie")}: ${names(all)}, by name and length, never what ${all.length + more === 1 ? "it holds" : "they hold"}${others}.`;
}

function session({ session }: BackRecord) {
  if (session.state === "none") return "That the request brought no login.";
  if (session.state === "unknown") return "That the request brought a login that is worth nothing.";
  return `That a login was open${session.role ? `, and that you are ${session.role === "owner" ? "the owner" : "a member"}` : ""}; not who you are.`;
}

function decisions({ decisions }: BackRecord) {
  return decisions.length === 0
    ? ""
    : "Each time that the program asked whether somebody is signed in, and what came of it.";
}

function routes({ steps }: BackRecord) {
  const ran = steps.filter((step): step is RouteStep => step.kind === "loader" || step.kind === "action");
  return ran.length === 0 ? "" : `Which loaders and actions ran: ${names(ran.map(({ route }) => ({ name: route })))}.`;
}

function statements({ steps, unkept }: BackRecord) {
  const number = steps.filter(({ kind }) => kind === "statement").length;
  if (number === 0) return "";
  const more = unkept > 0 ? ` There were ${unkept} more.` : "";
  const each = number === 1 ? "it was" : "each was";
  return `${count(number, "SQL statement")} as the program wrote ${number === 1 ? "it" : "them"}, and in which line ${each} written; how many rows came out; of what went in only the kind, the length and where it came from.${more}`;
}

function errors({ errors }: BackRecord) {
  return errors.length === 0 ? "" : `The kind of ${count(errors.length, "error")}, and the line of the program.`;
}

function names(all: { name: string }[]) {
  return list([...new Set(all.map(({ name }) => name))]);
}
