import type { Nodes } from "mdast";
import { frontMatterFields } from "./front-matter.server";
import { parseMarkdown, splitFrontMatter } from "./parse.server";
import { foldName, isTagName, tagsIn, type WrittenTag } from "./tag";

/** What Verso takes out of a text at each save, to find and count notes by. */
export interface Reading {
  /** Tags, each once, as they were written first. */
  tags: string[];
  /** Boxes to tick, and those that are ticked. */
  tasks: number;
  tasksDone: number;
}

/** Counts up whenever {@link readText} finds something new: older readings are done again. */
export const READING = 1;

/** Tags of one text that are taken; more are left as text. */
const MOST_TAGS = 100;

/**
 * Reads a text: its tags from the front matter and from wherever `#tag` stands that is neither code
 * nor link, and its tasks.
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

function writtenTags(node: Nodes, body: string): WrittenTag[] {
  if (node.type === "link" || node.type === "linkReference") return [];
  if (node.type === "text") {
    // The source and not the value: there an escape or an entity is still to be seen.
    const start = node.position?.start.offset ?? 0;
    return tagsIn(body.slice(start, node.position?.end.offset)).map(({ name, at }) => ({ name, at: start + at }));
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
