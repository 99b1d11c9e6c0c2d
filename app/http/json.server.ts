import type { z } from "zod";
import { messagesOf } from "./forms.server";

/**
 * Reads a JSON body against a schema.
 *
 * @returns the checked value, or every message by field; a body that isn't JSON or not UTF-8 is told apart by its title.
 */
export async function parseJson<Schema extends z.ZodType>(request: Request, schema: Schema) {
  const body = decode(await request.arrayBuffer());
  if (body === undefined)
    return { invalid: true as const, tooLarge: false, title: "The body is not JSON in UTF-8", errors: {} };
  const result = schema.safeParse(body);
  if (result.success) return { invalid: false as const, value: result.data as z.infer<Schema> };
  const tooLarge = result.error.issues.some((issue) => issue.code === "custom" && issue.params?.tooLarge);
  return {
    invalid: true as const,
    tooLarge,
    title: "The note can't be accepted as it is",
    errors: messagesOf(result.error),
  };
}

function decode(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
