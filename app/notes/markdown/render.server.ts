import type { Element, ElementContent, Root, RootContent } from "hast";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import type { Image, Link, Literal, Nodes, Text } from "mdast";
import { toHast } from "mdast-util-to-hast";
import { parseMarkdown, splitFrontMatter } from "./parse.server";
import { noteSchema } from "./schema.server";
import { tagPath, tagsIn } from "./tag";
import { listItems } from "./tasks.server";

/**
 * A note's text as HTML that is safe to put on a page: parsed, made a tree, the tree cut down to
 * {@link noteSchema}. Raw HTML in the text is shown as text.
 *
 * @throws RangeError for a text nested too deeply.
 */
export function renderMarkdown(text: string): string {
  const { frontMatter, body } = splitFrontMatter(text);
  const root = parseMarkdown(body);
  const tree = toHast(linkTags(root, body), {
    clobberPrefix: "note-",
    handlers: {
      text: (_, node: Literal) => linesOf(node.value),
      html: (_, node: Literal) => linesOf(node.value),
      image: (_, node: Image) => pictureLink(node),
      listItem: listItems(root, text, body),
      imageReference: (_, node: { alt?: string | null }) => ({ type: "text", value: node.alt ?? "" }),
    },
  }) as Root;
  tree.children = tree.children.map(prepare);
  const safe = sanitize(tree, noteSchema) as Root;
  safe.children = safe.children.map(finish);
  return properties(frontMatter) + toHtml(safe);
}

/** Lines are shown as lines, though Markdown would join them: who presses Enter means it. */
function linesOf(text: string): ElementContent[] {
  return text.split(/\r\n|\r|\n/).flatMap((value, line): ElementContent[] => {
    const shown = { type: "text" as const, value };
    return line === 0 ? [shown] : [{ type: "element", tagName: "br", properties: {}, children: [] }, shown];
  });
}

/** A picture elsewhere is a link to it: shown, it would tell its server who reads which note. */
function pictureLink({ url, alt }: Image): ElementContent {
  const label = { type: "text" as const, value: alt || url };
  if (!/^https?:/i.test(url)) return label;
  return { type: "element", tagName: "a", properties: { href: url, className: ["picture"] }, children: [label] };
}

/** Before the tree is cut down: headings one level below the page's own, links that say nothing of this page. */
function prepare<Node extends RootContent | ElementContent>(node: Node): Node {
  if (node.type !== "element") return node;
  const heading = /^h([1-6])$/.exec(node.tagName);
  // The heading of the footnotes stays where the library put it.
  if (heading && !node.properties.id) node.tagName = `h${Math.min(6, Number(heading[1]) + 1)}`;
  if (node.tagName === "a" && !isOwn(node)) prepareLink(node);
  if (node.tagName === "input") node.properties.ariaLabel = node.properties.checked ? "Done" : "To do";
  node.children = node.children.map(prepare);
  return node;
}

/**
 * Makes each tag of running text a link to its list. Only these have a class: no Markdown can give a
 * link one, so that what carries it was made here.
 */
function linkTags<Node extends Nodes>(node: Node, body: string): Node {
  if (!("children" in node) || node.type === "link" || node.type === "linkReference") return node;
  const children = (node.children as Nodes[]).flatMap((child): Nodes[] =>
    child.type === "text" ? dividedAtTags(child, body) : [linkTags(child, body)],
  );
  return { ...node, children };
}

function dividedAtTags(text: Text, body: string): (Text | Link)[] {
  const source = tagsIn(body.slice(text.position?.start.offset, text.position?.end.offset));
  const shown = tagsIn(text.value);
  // An escape or an entity may look like a tag once it is read: then the text stays text.
  if (source.length === 0 || source.length !== shown.length) return [text];
  const pieces: (Text | Link)[] = [];
  let end = 0;
  for (const { name, at } of shown) {
    pieces.push({ type: "text", value: text.value.slice(end, at) });
    end = at + 1 + name.length;
    const children: Text[] = [{ type: "text", value: `#${name}` }];
    pieces.push({ type: "link", url: tagPath(name), children, data: { hProperties: { className: ["tag"] } } });
  }
  return [...pieces, { type: "text", value: text.value.slice(end) }];
}

function isOwn({ properties }: Element) {
  return Array.isArray(properties.className) && properties.className.includes("tag");
}

function prepareLink(link: Element) {
  const href = String(link.properties.href ?? "");
  // A path would lead into this app's own addresses; links between notes come from elsewhere.
  const allowed = /^(?:https?:\/\/|mailto:)/i.test(href) || /^#note-(?:fn|fnref)-/.test(href);
  if (!allowed || !hrefIsPlain(href)) delete link.properties.href;
  else if (!href.startsWith("#")) link.properties.rel = ["noopener", "noreferrer", "nofollow"];
}

function hrefIsPlain(href: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  return !/[\u0000-\u0020\u007f]/.test(href) && (href.startsWith("#") || URL.canParse(href));
}

/** After it: a wide table scrolls in a box of its own, which the keyboard can reach. */
function finish<Node extends RootContent | ElementContent>(node: Node): RootContent | Node {
  if (node.type !== "element") return node;
  node.children = node.children.map((child) => finish(child) as ElementContent);
  if (node.tagName === "pre") node.properties.tabIndex = 0;
  if (node.tagName !== "table") return node;
  const box = { className: ["table"], tabIndex: 0, role: "region", ariaLabel: "Table" };
  return { type: "element", tagName: "div", properties: box, children: [node] };
}

/** Front matter as it was written, folded away above the text. */
function properties(frontMatter: string) {
  if (frontMatter.trim() === "") return "";
  return toHtml({
    type: "element",
    tagName: "details",
    properties: { className: ["properties"] },
    children: [
      { type: "element", tagName: "summary", properties: {}, children: [{ type: "text", value: "Properties" }] },
      {
        type: "element",
        tagName: "pre",
        properties: { tabIndex: 0 },
        children: [{ type: "text", value: frontMatter }],
      },
    ],
  });
}
