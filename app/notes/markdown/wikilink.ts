import { decoded } from "~/files/paths";
import { foldName } from "./tag";

/** Longest text between the brackets that is taken for a link, in UTF-16 units. */
const LONGEST = 1_000;

/**
 * `[[Title]]`, with a `!` before it where it stands for a file. No brackets inside, so that each
 * character is looked at once however many `[[` there are; no escapes but the `\|` of a table, and no
 * entities, so that the source says what is meant. Escaped brackets are found too, and left out later:
 * Markdown reads them as brackets.
 */
const IN_SOURCE = /(!?)(\\?\[\\?\[)((?:[^[\]\\\r\n&]|\\\||&(?!#?\w{1,40};))+)(\\?\]\\?\])/g;
const IN_VALUE = /\[\[([^[\]\\\r\n]+)\]\]/g;

/** A link in a piece of running text. */
export interface Wikilink {
  /** Where its title begins in the source, and the title as it stands there. */
  at: number;
  target: string;
  /** From where to where it goes in the text as Markdown reads it. */
  from: number;
  to: number;
  heading: string;
  /** What is to be read in its place. */
  shown: string;
}

/**
 * The links in a piece of running text.
 *
 * @param source as it was written.
 * @param value the same as Markdown reads it, without escapes and entities.
 * @returns none where the two don't agree on what looks like a link: then the text stays text.
 */
export function wikilinksIn(source: string, value: string): Wikilink[] {
  return bracketsIn(source, value).filter(({ file }) => !file);
}

/** The same of `![[name]]`, which shows a file; from its `!` on. */
export function embedsIn(source: string, value: string): Wikilink[] {
  return bracketsIn(source, value)
    .filter(({ file }) => file)
    .map((embed) => ({ ...embed, from: embed.from - 1 }));
}

function bracketsIn(source: string, value: string): (Wikilink & { file: boolean })[] {
  if (!source.includes("[[")) return [];
  const written = [...source.matchAll(IN_SOURCE)];
  const read = [...value.matchAll(IN_VALUE)];
  if (written.length !== read.length) return [];
  const links: (Wikilink & { file: boolean })[] = [];
  for (const [place, { 1: file = "", 2: opening = "", 3: inside = "", 4: closing, index }] of written.entries()) {
    const plain = inside.replaceAll("\\|", "|");
    const found = read[place];
    if (found?.[1] !== plain) return [];
    // An escaped sign before it makes it neither.
    if (file && (source[index - 1] === "\\" || value[found.index - 1] !== "!")) continue;
    if (opening !== "[[" || closing !== "]]" || plain.length > LONGEST) continue;
    const parts = partsOf(plain);
    if (!parts) continue;
    const target = inside.slice(0, inside.search(/[#|\\]|$/));
    links.push({
      file: file !== "",
      at: index + file.length + 2,
      target,
      from: found.index,
      to: found.index + found[0].length,
      ...parts,
    });
  }
  return links;
}

/** A text as it is read, links by what they show. */
export function withoutBrackets(text: string): string {
  return text.replace(IN_VALUE, (link, inside: string, at: number) =>
    text[at - 1] === "!" ? link : (partsOf(inside)?.shown ?? link),
  );
}

function partsOf(inside: string) {
  const bar = inside.indexOf("|");
  const [path, label] = bar < 0 ? [inside, ""] : [inside.slice(0, bar), inside.slice(bar + 1)];
  const { title, heading } = splitTarget(path);
  if (title === "" && heading === "") return null;
  const named = [title, heading].filter(Boolean).join(" › ");
  return { heading, shown: label.trim() || named };
}

/** What stands before the `|` of a link: a title, perhaps with folders before it, and a heading in that note. */
export function splitTarget(path: string): { title: string; heading: string } {
  const [title = "", ...headings] = path.split("#");
  // Of `Note#Chapter#Part` the last one is meant; a `^` names a block, which has no place here.
  const heading = headings.at(-1)?.trim() ?? "";
  return { title: title.trim(), heading: heading.startsWith("^") ? "" : heading };
}

/**
 * The name by which links find a note: its title as names are compared. Of `folder/Title` it is the
 * last part, in a link and in a title alike; the rest tells several of that name apart.
 */
export function linkName(title: string): string {
  const parts = title.replace(/\.md$/i, "").split("/");
  const last = parts.findLast((part) => part.trim() !== "") ?? "";
  return foldName(last.trim().replace(/\s+/g, " "));
}

/**
 * What a Markdown link means that names the file of a note, as in `[shown](../folder/Title.md#Heading)`, or
 * a heading of its own text, as in `[shown](#heading)`; null for all else.
 */
export function notePathIn(url: string): { path: string; target: string; heading: string } | null {
  const [, path = "", heading = ""] = /^([^#?]*)(?:#(.*))?$/.exec(url) ?? [];
  const leadsOut = /^(?:[a-z][a-z\d+.-]*:|\/\/|\\)/i.test(path);
  if (path === "" ? heading === "" : leadsOut || !FILE_OF_NOTE.test(path)) return null;
  const target = titleOfPath(path).replace(/^(?:\.{0,2}\/)+/, "");
  // No title in an address may hold what divides it from a heading.
  return target.includes("#") ? null : { path, target, heading: decoded(heading) };
}

/** A path in a Markdown link as a title with folders before it. */
export function titleOfPath(path: string): string {
  return decoded(path).replace(FILE_OF_NOTE, "");
}

const FILE_OF_NOTE = /\.(?:md|markdown)$/i;

/** The address that finds what a link means. */
export function linkPath(target: string, heading: string): string {
  if (target === "") return `#${headingId(heading)}`;
  const to = heading === "" ? target : `${target}#${heading}`;
  return `/link?to=${encodeURIComponent(to.toWellFormed())}`;
}

/** Where in a note's page a heading stands, as part of an address. */
export function headingId(heading: string): string {
  return `note-${encodeURIComponent(slugOf(heading))}`;
}

/** A heading as part of an id: letters and digits of any script, and single hyphens, where others write two for `a & b`. */
export function slugOf(heading: string): string {
  const plain = heading.toWellFormed().normalize("NFC").toLowerCase().trim().slice(0, 200);
  const slug = plain
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, "")
    .replace(/[\s-]+/g, "-")
    .replace(/^-/, "");
  // The ids of footnotes are taken.
  return /^fn(?:ref)?-/.test(slug) ? `h-${slug}` : slug || "section";
}
