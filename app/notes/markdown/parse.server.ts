import type { LinkReference, Nodes, Root } from "mdast";
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
  const root = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown(), boxes] });
  placeTexts(root, body);
  const leadsTo = new Map<string, string>();
  noteDefinitions(root, leadsTo);
  if (leadsTo.size > 0) joinBrackets(root, leadsTo);
  return root;
}

/**
 * GFM finds some addresses in what is read already, and leaves the texts around them without their
 * place. They get it back where they stand in the source as they are.
 */
function placeTexts(node: Nodes, body: string) {
  if (!("children" in node) || !node.position) return;
  let { offset: done = 0 } = node.position.start;
  for (const child of node.children) {
    if (child.type === "text" && !child.position) {
      const offset = body.slice(0, node.position.end.offset).indexOf(child.value, done);
      if (offset >= 0) {
        const { start } = node.position;
        child.position = { start: { ...start, offset }, end: { ...start, offset: offset + child.value.length } };
      }
    }
    done = child.position?.end.offset ?? done;
    placeTexts(child, body);
  }
}

/** Where definitions lead to; the first one of a name counts. */
function noteDefinitions(node: Nodes, leadsTo: Map<string, string>) {
  if (node.type === "definition" && !leadsTo.has(node.identifier)) leadsTo.set(node.identifier, node.url);
  if ("children" in node) for (const child of node.children) noteDefinitions(child, leadsTo);
}

/**
 * Foam writes `[Title]: folder/title.md` below a text for each `[[Title]]` in it, and Markdown reads the
 * inner brackets as a link of their own. They become text again: the outer ones are what is meant.
 */
function joinBrackets(node: Nodes, leadsTo: Map<string, string>) {
  if (!("children" in node)) return;
  const joined: Nodes[] = [];
  for (const [place, child] of node.children.entries()) {
    const inner = isInner(child, node.children[place - 1], node.children[place + 1], leadsTo);
    const text = inner ? `[${child.children.map(inlineText).join("")}]` : child.type === "text" ? child.value : null;
    const before = joined.at(-1);
    if (text !== null && before?.type === "text" && before.position && child.position) {
      before.value += text;
      before.position.end = child.position.end;
    } else joined.push(child);
    joinBrackets(child, leadsTo);
  }
  (node.children as Nodes[]) = joined;
}

/** Whether it is the `[Title]` of a `[[Title]]`, and its definition leads to no other site. */
function isInner(
  node: Nodes,
  before: Nodes | undefined,
  after: Nodes | undefined,
  leadsTo: Map<string, string>,
): node is LinkReference {
  if (node.type !== "linkReference" || node.referenceType !== "shortcut") return false;
  if (before?.type !== "text" || !before.value.endsWith("[")) return false;
  if (after?.type !== "text" || !after.value.startsWith("]")) return false;
  const plain = node.children.every(({ type }) => type === "text");
  return plain && !/^[a-z][a-z\d+.-]*:/i.test(leadsTo.get(node.identifier) ?? "");
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
