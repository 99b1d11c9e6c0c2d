import { z } from "zod";

/** What the back of a page may show of a field: its value, its length, or nothing but its name. */
export type Visibility = "value" | "length" | "name";

const marks = z.registry<{ shows: Visibility }>();

/** Marks a schema whose values the back of a page may show: never somebody's words. */
export function visible<Schema extends z.ZodType>(schema: Schema): Schema {
  marks.add(schema, { shows: "value" });
  return schema;
}

/** What may be shown of the field `name` of `schema`: what is not marked shows its length only. */
export function visibilityOf(schema: z.ZodType, name: string): Visibility {
  const field = schema instanceof z.ZodObject ? (schema.shape[name] as z.ZodType | undefined) : undefined;
  return (field && marks.get(field)?.shows) ?? "length";
}
