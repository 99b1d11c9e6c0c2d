import { parse } from "yaml";

/** The longest front matter that is read, in UTF-16 units; a longer one is text like any other. */
const MOST = 16_384;

/**
 * The fields of a front matter, their names in lower case. YAML can be made to explode, so aliases
 * are not followed, mappings become Maps (which have no `__proto__`), and it is read up to a length
 * only.
 *
 * @returns no fields for what isn't YAML, or is too much of it.
 */
export function frontMatterFields(text: string): Map<string, unknown> {
  if (text.length === 0 || text.length > MOST || nestsDeeply(text)) return new Map();
  try {
    const read: unknown = parse(text, { maxAliasCount: 0, mapAsMap: true, schema: "core", logLevel: "silent" });
    if (!(read instanceof Map)) return new Map();
    return new Map([...read].map(([name, value]) => [String(name).toLowerCase(), value as unknown]));
  } catch {
    return new Map();
  }
}

/** Many brackets, or many list marks in one line: the parser would go down a step for each. */
function nestsDeeply(text: string) {
  const brackets = text.match(/[[{]/g)?.length ?? 0;
  return brackets > 500 || /(?:[-?:][ \t]){50}/.test(text);
}
