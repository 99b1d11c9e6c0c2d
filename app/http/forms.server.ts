import busboy from "busboy";
import type { z } from "zod";
import type { Refusal } from "./refusal";
import { report } from "./reports.server";

/** Fields of the largest form: a conflict has one for each choice. */
const MOST_FIELDS = 2_000;

/** The largest form: 1 MiB of text can take three times that on the way, and a conflict carries two texts. */
export const FORM_BYTES = 8 * 1_048_576;

export type ParsedForm<T> =
  | { invalid: false; value: T; typed: Record<string, string> }
  | ({ invalid: true; tooLarge: boolean; errors: Record<string, string[]>; typed: Record<string, string> } & Refusal);

/**
 * Reads a submitted form and checks it against a schema. Unknown fields are ignored; a field sent
 * twice is refused, because two readers could take two different values for the truth.
 *
 * @returns the checked value, or every message together with what was typed.
 */
export async function parseForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<ParsedForm<z.infer<Schema>>> {
  const started = performance.now();
  return checkFields(await readFields(request), schema, started);
}

/** The same for fields that were read already; `started` is when that began. */
export async function checkFields<Schema extends z.ZodType>(
  { fields, problems }: Fields,
  schema: Schema,
  started: number,
): Promise<ParsedForm<z.infer<Schema>>> {
  const typed = Object.fromEntries(fields.filter(([name]) => !isSecret(name)));
  const result = await schema.safeParseAsync(Object.fromEntries(fields));
  const errors = { ...messagesOf(result.error), ...problems };
  report({ kind: "form", started, schema, fields, errors });
  if (result.success && Object.keys(problems).length === 0) return { invalid: false, value: result.data, typed };
  const tooLarge = result.error?.issues.some((issue) => issue.code === "custom" && issue.params?.tooLarge) ?? false;
  return { invalid: true, tooLarge, errors, typed };
}

/** Every message of a zod error, by top-level field. */
export function messagesOf(error: z.ZodError | undefined) {
  const errors: Record<string, string[]> = {};
  for (const issue of error?.issues ?? []) {
    const field = String(issue.path[0] ?? "form");
    errors[field] = [...(errors[field] ?? []), issue.message];
  }
  return errors;
}

/**
 * Reads the query of an address against a schema.
 *
 * @returns the checked value, or a sentence on what is wrong.
 */
export function parseQuery<Schema extends z.ZodType>(request: Request, schema: Schema) {
  const query = new URL(request.url).searchParams;
  const seen = new Set<string>();
  const twice = [...query.keys()].find((name) => seen.has(name) || !seen.add(name));
  if (twice) return { invalid: true as const, message: `The address names “${twice}” twice.`, errors: {} };
  const result = schema.safeParse(Object.fromEntries(query));
  if (result.success) return { invalid: false as const, value: result.data as z.infer<Schema> };
  const errors = messagesOf(result.error);
  return { invalid: true as const, message: Object.values(errors).flat().join(" "), errors };
}

interface Fields {
  /** Each field once, in order, decoded. */
  fields: [name: string, value: string][];
  problems: Record<string, string[]>;
}

/** Reads the fields of an HTML form, sent either way; files are left out. */
export async function readFields(request: Request): Promise<Fields> {
  const type = request.headers.get("Content-Type") ?? "";
  if (isMultipart(type)) return sortOut(await readParts(type, Buffer.from(await request.arrayBuffer())));
  return decodeFields(await request.text());
}

function isMultipart(type: string) {
  return /^multipart\/form-data/i.test(type);
}

/** The fields of a multipart form; none where the body is not what its type says. */
function readParts(type: string, body: Buffer): Promise<Sent[]> {
  return new Promise((resolve) => {
    const parts: Sent[] = [];
    try {
      const limits = { parts: MOST_FIELDS + 1, fields: MOST_FIELDS + 1, fieldSize: FORM_BYTES, files: 0 };
      const parser = busboy({ headers: { "content-type": type }, limits });
      parser.on("field", (name, value) => parts.push({ name, value, utf8: true }));
      parser.on("close", () => resolve(parts)).on("error", () => resolve(parts));
      parser.end(body);
    } catch {
      resolve(parts);
    }
  });
}

/** Decodes `application/x-www-form-urlencoded`, and says where it isn't UTF-8 (URLSearchParams would hide it). */
export function decodeFields(body: string): Fields {
  return sortOut(
    body
      .split("&", MOST_FIELDS + 1)
      .filter((pair) => pair !== "")
      .map((pair) => {
        const [name = "", ...rest] = pair.split("=");
        const decoded = decode(rest.join("="));
        return { name: decode(name).text, value: decoded.text, utf8: decoded.utf8 };
      }),
  );
}

/** A field as it came; `utf8` is false where it held bytes that aren't. */
interface Sent {
  name: string;
  value: string;
  utf8: boolean;
}

function sortOut(entries: Sent[]): Fields {
  const fields = new Map<string, string>();
  const problems: Record<string, string[]> = Object.create(null);
  if (entries.length > MOST_FIELDS) problems.form = [`A form has ${MOST_FIELDS} fields or fewer; this one has more.`];
  for (const { name, value, utf8 } of entries.slice(0, MOST_FIELDS)) {
    if (fields.has(name)) {
      problems[name] = ["This field was sent more than once; only the first is shown here."];
      continue;
    }
    fields.set(name, value);
    if (!utf8) problems[name] = ["This text was not sent as UTF-8; what could not be read is shown as �."];
  }
  return { fields: [...fields], problems };
}

function decode(encoded: string) {
  const spaced = encoded.replaceAll("+", " ");
  try {
    return { text: decodeURIComponent(spaced), utf8: true };
  } catch {
    return { text: new URLSearchParams(`field=${encoded}`).get("field") ?? "", utf8: false };
  }
}

/** Passwords are never sent back to a page. */
export function isSecret(field: string) {
  return /password/i.test(field);
}
