/** Longest name of a tag, in UTF-16 units. */
export const LONGEST_TAG = 100;

/** What a part of a tag's name is made of; emoji too, with what joins and colours them. */
const PART = String.raw`[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0f_-]+`;
const NAME = new RegExp(`^${PART}(?:/${PART})*$`, "u");
/** Not after a letter, as in `C#sharp`; not after what makes it part of an address, an entity or an escape. */
const WRITTEN = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}&/\\#=_[-])#(${PART}(?:/${PART})*)`, "gu");
/** No `[` inside: looking for the end from each of many `[[` would take for ever. */
const WIKILINK = /\[\[[^[\]\n]*\]\]/g;

/** A tag where it stands in a text; `at` is the place of its `#`. */
export interface WrittenTag {
  name: string;
  at: number;
}

/**
 * Whether a name, without its `#`, is one for a tag: letters, digits, `-`, `_` and emoji in parts
 * divided by `/`, not digits alone (`#123` is a number of something else).
 */
export function isTagName(name: string): boolean {
  return name.length <= LONGEST_TAG && NAME.test(name) && !/^[\d/_-]*$/.test(name);
}

/** The tags in a piece of running text, which holds no code and no links but `[[these]]`. */
export function tagsIn(text: string): WrittenTag[] {
  if (!text.includes("#")) return [];
  const plain = text.replace(WIKILINK, (link) => " ".repeat(link.length));
  return [...plain.matchAll(WRITTEN)]
    .map(({ 1: name = "", index }) => ({ name, at: index }))
    .filter(({ name }) => isTagName(name));
}

/** The address of a tag's list. */
export function tagPath(name: string): string {
  return `/tags/${name.split("/").map(encodeURIComponent).join("/")}`;
}

/** The names of tags in a field of a form: divided by spaces or commas, with or without `#`. */
export function namesTyped(text: string): string[] {
  return text
    .split(/[,\s]+/)
    .map((name) => name.replace(/^#/, ""))
    .filter((name) => name !== "");
}

/** Names without those that stand above another one. */
export function lowest(names: string[]): string[] {
  const folded = names.map(foldName);
  return names.filter((name) => !folded.some((other) => isBelow(other, foldName(name))));
}

/** Whether a tag stands below another one, both as {@link foldName} makes them. */
export function isBelow(folded: string, above: string): boolean {
  return folded.startsWith(`${above}/`);
}

/** A name as names are compared: whatever its case and however its letters are composed. */
export function foldName(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
