const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'", nbsp: " " };

/** What a person reads of an answer: of a page its words, of anything else all of it. */
export function readable(text: string): string {
  if (!/^\s*<!doctype html/i.test(text)) return text;
  const main = /<main[^>]*>(.*)<\/main>/is.exec(text)?.[1] ?? text;
  return main
    .replace(/<(script|style|svg)\b.*?<\/\1>/gis, " ")
    .replace(/<!--.*?-->/gs, "")
    .replace(/<input type="hidden"[^>]*>/gi, "")
    .replace(/<input\b[^>]*?\bvalue="([^"]*)"[^>]*>/gi, " $1 ")
    .replace(/<\/?(?:b|i|em|strong|code|bdi|span|mark|del|ins)\b[^>]*>/gi, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, " ")
    .trim();
}
