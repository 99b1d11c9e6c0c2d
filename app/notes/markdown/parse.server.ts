import type { Nodes, Root } from "mdast";
import { type CompileContext, type Extension, fromMarkdown, type Token } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** Front matter stands at the head of a text: YAML between two lines of three hyphens. */
const OPENING = /^\ufeff?---[ \t]*\r?\n/;
const CLOSING = /^---[ \t]*(?:\r?\n|$)/m;

/** Divides a text into its front matter, without the lines of hyphens, and the rest. */
export function splitFrontMatter(text: string): { frontMatter: string; body: string } {
  // Two expressions, one scan each: a single one would begin anew at every line that looks like the opening.
  const opening = OPENING.exec(text)?.[0];
  const inside = opening ? text.slice(opening.length) : "";
  const closing = opening ? CLOSING.exec(inside) : null;
  if (!closing) return { frontMatter: "", body: text };
  return { frontMatter: inside.slice(0, closing.index), body: inside.slice(closing.index + closing[0].length) };
}

/** Reads Markdown (CommonMark and GFM): the one parser for everything that reads notes. */
export function parseMarkdown(body: string): Root {
  return fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown(), boxes] });
}

declare module "mdast" {
  interface ListItemData {
    /** Where the character in a task's box stands, as the parser counts. */
    box?: number;
  }
}

/** The tree has no node for the box of a task: its place is noted on the item. */
const boxes: Extension = { enter: { taskListCheckValueChecked: noteBox, taskListCheckValueUnchecked: noteBox } };

function noteBox(this: CompileContext, token: Token) {
  const item = this.stack.findLast((node) => node.type === "listItem");
  if (item) item.data = { ...item.data, box: token.start.offset };
}

/**
 * The text of a note block by block, without its marks, in lines as they were written.
 *
 * @returns as much as could be read: a text too deeply nested to parse comes back as it is.
 */
export function plainBlocks(body: string): string[] {
  try {
    return blocksOf(parseMarkdown(body)).map(trim).filter(Boolean);
  } catch {
    return body.split(/\n/).map(trim).filter(Boolean);
  }
}

function blocksOf(node: Nodes): string[] {
  if (node.type === "html" || node.type === "definition") return node.type === "html" ? [node.value] : [];
  if (node.type === "code") return [node.value];
  if (node.type === "paragraph" || node.type === "heading" || node.type === "tableCell") return [inlineText(node)];
  return "children" in node ? node.children.flatMap((child) => blocksOf(child)) : [];
}

/** The words of a paragraph, a heading or a cell, without their marks. */
export function inlineText(node: Nodes): string {
  if (node.type === "image") return node.alt ?? "";
  if (node.type === "break") return "\n";
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map((child) => inlineText(child)).join("") : "";
}

function trim(text: string) {
  return text.trim();
}
