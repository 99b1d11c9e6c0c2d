import type { Link, Nodes, Text } from "mdast";
import { shorten } from "../describe.server";
import { frontMatterFields } from "./front-matter.server";
import { parseMarkdown, splitFrontMatter } from "./parse.server";
import { foldName, isTagName, tagsIn, type WrittenTag } from "./tag";
import { embedsIn, linkName, notePathIn, type Wikilink, wikilinksIn, withoutBrackets } from "./wikilink";

/** What Verso takes out of a text at each save, to find and count notes by. */
export interface Reading {
  /** Tags, each once, as they were written first. */
  tags: string[];
  /** Boxes to tick, and those that are ticked. */
  tasks: number;
  tasksDone: number;
  /** Notes that it links to, each once, by the name that links find them by, with the words around the first link. */
  links: { name: string; around: string }[];
}

/**
 * Where a link stands in a text: its title, as it is written, in a `property` of the front matter or in
 * the running text, or the path of a file in a Markdown link.
 */
export type WrittenLink = Pick<Wikilink, "at" | "target"> & { kind: "title" | "property" | "path" };

/** Counts up whenever {@link readText} finds something new: older readings are done again. */
export const READING = 3;

/** Tags of one text that are taken; more are left as text. */
const MOST_TAGS = 100;
/** Notes that one text is known to link to; a link to more of them works, but isn't said there. */
const MOST_LINKS = 1_000;
/** How much is kept of the text around a link, and of it on either side, in UTF-16 units. */
const [AROUND, BESIDE] = [200, 90];

/**
 * Reads a text: its tags from the front matter and from wherever `#tag` stands that is neither code
 * nor link, its tasks, and the notes it links to.
 *
 * @throws RangeError for a text nested too deeply.
 */
export function readText(text: string): Reading {
  const { frontMatter, body } = splitFrontMatter(text);
  const root = parseMarkdown(body);
  const names = [...tagsOfFrontMatter(frontMatter), ...writtenTags(root, body).map(({ name }) => name)];
  const tags = new Map<string, string>();
  for (const name of names) if (!tags.has(foldName(name))) tags.set(foldName(name), name.normalize("NFC"));
  const boxes = tasksOf(root);
  return {
    tags: [...tags.values()].slice(0, MOST_TAGS),
    tasks: boxes.length,
    tasksDone: boxes.filter((done) => done).length,
    links: linksOf(root, body, frontMatter),
  };
}

/**
 * Where in a text tags stand, in order; those of its front matter are left out.
 *
 * @throws RangeError for a text nested too deeply.
 */
export function placesOfTags(text: string): WrittenTag[] {
  const { body } = splitFrontMatter(text);
  const start = text.length - body.length;
  return writtenTags(parseMarkdown(body), body).map(({ name, at }) => ({ name, at: start + at }));
}

/**
 * Where in a text links to notes stand, in order.
 *
 * @throws RangeError for a text nested too deeply.
 */
export function placesOfLinks(text: string): WrittenLink[] {
  const { frontMatter, body } = splitFrontMatter(text);
  const [front, start] = [text.indexOf(frontMatter), text.length - body.length];
  return [
    ...linksInFrontMatter(frontMatter).map(({ at, target }) => ({ kind: "property" as const, target, at: front + at })),
    ...writtenLinks(parseMarkdown(body), body).map((link) => ({ ...link, at: start + link.at })),
  ];
}

/** Whether a link to a note of this title can be written: not where Markdown makes something else of it. */
export function canBeLinked(title: string): boolean {
  const [found, ...more] = placesOfLinks(`[[${title}]]`);
  return found?.target === title && more.length === 0 && linkName(title) !== "";
}

/** The links in a text node of a tree. */
export function linksInText(text: Text, body: string): Wikilink[] {
  return wikilinksIn(sourceOf(text, body), text.value);
}

/** The files that a text node of a tree shows by name. */
export function embedsInText(text: Text, body: string): Wikilink[] {
  return embedsIn(sourceOf(text, body), text.value);
}

/** How a text is written, where an escape or an entity is still to be seen; "" where its place isn't known. */
function sourceOf({ position }: Text, body: string) {
  return position ? body.slice(position.start.offset, position.end.offset) : "";
}

/** The links in a front matter, each with the name of the property that holds it. */
export function linksInFrontMatter(frontMatter: string): (Wikilink & { property: string })[] {
  let end = 0;
  let property = "";
  return frontMatter.split("\n").flatMap((line) => {
    const start = end;
    end += line.length + 1;
    property = /^[^\s#-][^:]{0,100}(?=:)/.exec(line)?.[0] ?? property;
    return wikilinksIn(line, line).map(({ at, from, to, ...link }) => ({
      ...link,
      at: start + at,
      from: start + from,
      to: start + to,
      property,
    }));
  });
}

function writtenLinks(node: Nodes, body: string): WrittenLink[] {
  if (node.type === "link") return writtenPath(node, body);
  if (node.type === "linkReference") return [];
  const start = node.position?.start.offset ?? 0;
  if (node.type === "text")
    return linksInText(node, body).map(({ at, target }) => ({ kind: "title", target, at: start + at }));
  return "children" in node ? node.children.flatMap((child) => writtenLinks(child, body)) : [];
}

/** None where the path is written with escapes. */
function writtenPath({ url, position, children }: Link, body: string): WrittenLink[] {
  const { path = "" } = notePathIn(url) ?? {};
  const shown = children.at(-1)?.position?.end.offset;
  if (path === "" || !position || (children.length > 0 && shown === undefined)) return [];
  const start = shown ?? (position.start.offset ?? 0) + 1;
  const opening = [`](${path}`, `](<${path}`].find((written) => body.startsWith(written, start));
  return opening ? [{ kind: "path", target: path, at: start + opening.length - path.length }] : [];
}

function linksOf(root: Nodes, body: string, frontMatter: string): Reading["links"] {
  const links = new Map<string, string>();
  const isNew = (name: string) => name !== "" && !links.has(name) && links.size < MOST_LINKS;
  const visit = (node: Nodes) => {
    if (node.type === "paragraph" || node.type === "heading" || node.type === "tableCell") {
      for (const { name, from, to, words } of linksOfBlock(node, body))
        if (isNew(name)) links.set(name, sentenceAround(words(), from, to));
    } else if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(root);
  for (const { target, property, shown } of linksInFrontMatter(frontMatter))
    if (isNew(linkName(target))) links.set(linkName(target), shorten(`${property}: ${shown}`, AROUND));
  return [...links].map(([name, around]) => ({ name, around }));
}

/** The links of a block that holds running text, each with its place in the words of the block. */
function linksOfBlock(block: Nodes, body: string) {
  const pieces: string[] = [];
  let length = 0;
  const found: { name: string; from: number; to: number }[] = [];
  const visit = (node: Nodes, linked: boolean) => {
    if (node.type === "text" && !linked) {
      for (const { target, from, to } of linksInText(node, body)) {
        found.push({ name: linkName(target), from: length + from, to: length + to });
      }
    }
    const own = "value" in node ? node.value : node.type === "break" ? "\n" : "";
    const from = length;
    pieces.push(own);
    length += own.length;
    const isLink = node.type === "link" || node.type === "linkReference";
    if ("children" in node) for (const child of node.children) visit(child, linked || isLink);
    const path = node.type === "link" ? notePathIn(node.url) : null;
    if (path) found.push({ name: linkName(path.target), from, to: length });
  };
  visit(block, false);
  let joined: string | undefined;
  const words = () => {
    joined ??= pieces.join("");
    return joined;
  };
  return found.map((link) => ({ ...link, words }));
}

/** Ends of sentences: a sign and what follows it, or a line's end. */
const SENTENCE_END = /[.!?…](?=\s)|[。！？]|[\r\n]/g;

/** The sentence that a link stands in, shortened where it is long. */
function sentenceAround(words: string, from: number, to: number) {
  const before = words.slice(Math.max(0, from - BESIDE), from);
  const ends = [...before.matchAll(SENTENCE_END)].at(-1);
  const begins = ends ? ends.index + 1 : from > BESIDE ? before.indexOf(" ") + 1 : 0;
  const head = ends || from <= BESIDE ? "" : "…";
  const after = words.slice(to, to + BESIDE + 1);
  const [stop] = after.matchAll(SENTENCE_END);
  const tail = stop ? after.slice(0, stop.index + 1) : after;
  const sentence = withoutBrackets(before.slice(begins) + words.slice(from, to) + tail);
  const line = `${head}${sentence.toWellFormed().replace(/\s+/g, " ").trim()}`;
  return shorten(!stop && after.length > BESIDE ? `${line}…` : line, AROUND);
}

function writtenTags(node: Nodes, body: string): WrittenTag[] {
  if (node.type === "link" || node.type === "linkReference") return [];
  if (node.type === "text") {
    const start = node.position?.start.offset ?? 0;
    return tagsIn(sourceOf(node, body)).map(({ name, at }) => ({ name, at: start + at }));
  }
  return "children" in node ? node.children.flatMap((child) => writtenTags(child, body)) : [];
}

function tasksOf(node: Nodes): boolean[] {
  const own = node.type === "listItem" && typeof node.checked === "boolean" ? [node.checked] : [];
  return "children" in node ? [...own, ...node.children.flatMap((child) => tasksOf(child))] : own;
}

/** `tags: [a, b]`, `tags: a, b` or a list of lines, with or without `#`. */
function tagsOfFrontMatter(frontMatter: string): string[] {
  const fields = frontMatterFields(frontMatter);
  const value = fields.get("tags") ?? fields.get("tag");
  const names = typeof value === "string" ? value.split(/[,\s]+/) : Array.isArray(value) ? value.map(String) : [];
  return names.map((name) => name.trim().replace(/^#/, "")).filter(isTagName);
}
