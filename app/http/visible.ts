import { z } from "zod";

/** What the back of a page may show of a field: its value, its length, or nothing but its name. */
export type Visibility = "value" | "length" | "name";

const marks = z.registry<{ shows: Visibility }>();

/** Marks a schema whose values the back of a page may show: never somebody's words. */
export function visible<Schema extends z.ZodType>(schema: Schema): Schema {
  marks.add(schema, { shows: "value" });
  return schema;
}

/** Marks a schema of secrets: the back of a page shows that there was one, not even how long it was. */
export function secret<Schema extends z.ZodType>(schema: Schema): Schema {
  marks.add(schema, { shows: "name" });
  return schema;
}

/** What may be shown of the field `name` of `schema`: what is not marked shows its length only. */
export function visibilityOf(schema: z.ZodType, name: string): Visibility {
  const known = schema instanceof z.ZodObject && Object.hasOwn(schema.shape, name);
  return (known && marks.get(schema.shape[name] as z.ZodType)?.shows) || "length";
}
