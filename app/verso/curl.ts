import { type BackRecord, type FormStep, headerOf } from "./record";

/**
 * The request as a line for a shell: what was shown of it as it was, and `…` for what was not, above
 * all for what the cookies hold.
 *
 * @param origin by which the browser came, such as `http://localhost:3000`.
 */
export function curlOf({ request, steps }: Pick<BackRecord, "request" | "steps">, origin: string): string {
  const form = steps.find((step) => step.kind === "form");
  const address = `${origin}${request.path}${queryOf(request)}`;
  const options: string[][] = [["curl", address], ["--include"]];
  // Without these curl would read brackets as a pattern, and take dots out of a path.
  if (/[[\]{}]/.test(address)) options.push(["--globoff"]);
  if (/\/\./.test(request.path)) options.push(["--path-as-is"]);
  if (request.method === "HEAD") options.push(["--head"]);
  else if (request.method !== (request.bytes === 0 ? "GET" : "POST")) options.push(["--request", request.method]);
  for (const { name, value } of request.headers)
    if (SENT_ALONG.has(name) && value !== null) options.push(["--header", `${name}: ${value}`]);
  if (request.headers.some(({ name }) => name === "accept-encoding")) options.push(["--compressed"]);
  const cookies = [...request.cookies.map(({ name }) => `${name}=…`), ...(request.more?.cookies ? ["…"] : [])].join(
    "; ",
  );
  if (cookies) options.push(["--cookie", cookies]);
  if (request.bytes !== 0) options.push(...bodyOf(request, form));
  return options.map((words) => words.map(quoted).join(" ")).join(" \\\n  ");
}

/** The query of an address with a `…` for each value, but for the route whose data a script asks for. */
export function queryOf({ query, dataOf, more }: BackRecord["request"]): string {
  const pairs = query.map(({ name, length }) => {
    const value = name === "_data" && dataOf ? encoded(dataOf) : length !== 0 ? "…" : "";
    return `${encoded(name)}=${value}`;
  });
  if (more?.query) pairs.push("…");
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/** What the answer depends on, beside what curl sends by itself; for a form the guard asks where it comes from. */
const SENT_ALONG = new Set(["origin", "if-none-match", "if-modified-since", "cache-control"]);

function bodyOf(
  { headers }: BackRecord["request"],
  { fields, more }: Pick<FormStep, "fields" | "more"> = { fields: [] },
) {
  const type = headerOf(headers, "content-type") ?? "";
  const multipart = type.startsWith("multipart/form-data");
  if (fields.length === 0) {
    if (multipart) return [["--form", "…=@…"]];
    return [...(type ? [["--header", `content-type: ${type}`]] : []), ["--data-raw", "…"]];
  }
  const told = fields.map(({ name, length, value }) => {
    const shown = value ?? (length === 0 ? "" : "…");
    return multipart ? ["--form-string", `${name}=${shown}`] : ["--data-urlencode", `${encoded(name)}=${shown}`];
  });
  return more ? [...told, multipart ? ["--form-string", "…=…"] : ["--data-raw", "…"]] : told;
}

function encoded(name: string) {
  return new URLSearchParams([[name, ""]]).toString().slice(0, -1);
}

const PLAIN = /^[\w/:=.,@%+-]+$/;

/** A word as a POSIX shell reads it back, the same in every character; a shell knows no NUL. */
export function quoted(word: string): string {
  const known = word.toWellFormed().replaceAll("\0", "");
  return PLAIN.test(known) ? known : `'${known.replaceAll("'", `'\\''`)}'`;
}
