import type { Element, ElementContent, Root, RootContent } from "hast";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import type { Image, Link, Literal, Nodes, Text } from "mdast";
import { toHast } from "mdast-util-to-hast";
import { fileAddress, isFilePath, isPictureName, namedAddress } from "~/files/paths";
import type { WordsTerm } from "../search.server";
import { markWords } from "./marks.server";
import { parseMarkdown, splitFrontMatter } from "./parse.server";
import { embedsInText, linksInFrontMatter, linksInText } from "./reading.server";
import { noteSchema } from "./schema.server";
import { tagPath, tagsIn } from "./tag";
import { listItems } from "./tasks.server";
import { linkPath, notePathIn, slugOf, type Wikilink } from "./wikilink";

/**
 * A note's text as HTML that is safe to put on a page: parsed, made a tree, the tree cut down to
 * {@link noteSchema}. Raw HTML in the text is shown as text.
 *
 * @param words what is marked in it.
 * @throws RangeError for a text nested too deeply.
 */
export function renderMarkdown(text: string, words: WordsTerm[] = []): string {
  const { frontMatter, body } = splitFrontMatter(text);
  const root = parseMarkdown(body);
  const tree = toHast(linkMarks(root, body), {
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
  const headings = nameHeadings(safe);
  markWords(safe, words);
  safe.children = safe.children.map(finish);
  return properties(frontMatter) + contents(headings) + toHtml(safe);
}

/** Lines are shown as lines, though Markdown would join them: who presses Enter means it. */
function linesOf(text: string): ElementContent[] {
  return text.split(/\r\n|\r|\n/).flatMap((value, line): ElementContent[] => {
    const shown = { type: "text" as const, value };
    return line === 0 ? [shown] : [{ type: "element", tagName: "br", properties: {}, children: [] }, shown];
  });
}

/**
 * A picture that is kept here is shown. One elsewhere is a link to it: shown, it would tell its server
 * who reads which note.
 */
function pictureLink({ url, alt }: Image): ElementContent {
  const label = { type: "text" as const, value: alt || url };
  const own = fileAddress(url);
  // A drawing that could hold script is sent as a download only: it would be a broken picture here.
  if (own && !isPictureName(url) && own !== url)
    return { type: "element", tagName: "a", properties: { href: own, className: ["file"] }, children: [label] };
  if (own)
    return { type: "element", tagName: "img", properties: { src: own, alt: alt ?? "", loading: "lazy" }, children: [] };
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
 * Makes each tag of running text a link to its list, and each `[[Title]]` one to what finds the note:
 * a text is laid out the same whatever other notes there are. Only these have a class: no Markdown can
 * give a link one, so that what carries it was made here.
 */
function linkMarks<Node extends Nodes>(node: Node, body: string): Node {
  if (!("children" in node) || node.type === "link" || node.type === "linkReference") return node;
  const children = (node.children as Nodes[]).flatMap((child): Nodes[] =>
    child.type === "text" ? dividedAtMarks(child, body) : [linkMarks(child, body)],
  );
  return { ...node, children };
}

/** A link in place of a piece of text. */
interface Mark {
  from: number;
  to: number;
  shown: string;
  url: string;
  className: "tag" | "wikilink" | "file" | "picture";
}

function dividedAtMarks(text: Text, body: string): (Text | Link | Image)[] {
  const embeds = embedsInText(text, body).flatMap(markOfEmbed);
  const marks = [...tagMarks(text, body), ...linksInText(text, body).map(markOfLink), ...embeds];
  if (marks.length === 0) return [text];
  const pieces: (Text | Link | Image)[] = [];
  let end = 0;
  for (const { from, to, shown, url, className } of marks.sort((one, other) => one.from - other.from)) {
    pieces.push({ type: "text", value: text.value.slice(end, from) });
    end = to;
    if (className === "picture") {
      pieces.push({ type: "image", url, alt: shown });
      continue;
    }
    const children: Text[] = [{ type: "text", value: shown }];
    pieces.push({ type: "link", url, children, data: { hProperties: { className: [className] } } });
  }
  return [...pieces, { type: "text", value: text.value.slice(end) }];
}

function tagMarks({ position, value }: Text, body: string): Mark[] {
  const source = tagsIn(body.slice(position?.start.offset, position?.end.offset));
  const shown = tagsIn(value);
  // An escape or an entity may look like a tag once it is read: then the text stays text.
  if (source.length !== shown.length) return [];
  return shown.map(({ name, at }) => {
    const to = at + 1 + name.length;
    return { from: at, to, shown: `#${name}`, url: tagPath(name), className: "tag" };
  });
}

function markOfLink({ from, to, shown, target, heading }: Wikilink): Mark {
  return { from, to, shown, url: linkPath(target.trim(), heading), className: "wikilink" };
}

/** A file that is shown by its name; a note that is to be shown whole stays as it is written. */
function markOfEmbed({ from, to, shown, target }: Wikilink): Mark[] {
  const path = target.trim();
  if (!isFilePath(path)) return [];
  // A number behind the bar is a width.
  const label = /^\d+(x\d+)?$/.test(shown) ? path : shown;
  if (isPictureName(path))
    return [{ from, to, shown: label, url: encodeURI(path.toWellFormed()), className: "picture" }];
  return [{ from, to, shown: label, url: namedAddress(path), className: "file" }];
}

function isOwn({ properties }: Element) {
  const { className } = properties;
  return Array.isArray(className) && ["tag", "wikilink", "file"].some((own) => className.includes(own));
}

function prepareLink(link: Element) {
  const href = String(link.properties.href ?? "");
  const ofFootnote = /^#note-(?:fn|fnref)-/.test(href);
  const note = ofFootnote ? null : notePathIn(href);
  if (note) {
    link.properties.href = linkPath(note.target, note.heading);
    link.properties.className = ["wikilink"];
    return;
  }
  const file = fileAddress(href);
  if (file) {
    link.properties.href = file;
    link.properties.className = ["file"];
    return;
  }
  // A path would lead into this app's own addresses.
  const allowed = /^(?:https?:\/\/|mailto:)/i.test(href) || ofFootnote;
  if (!allowed || !hrefIsPlain(href)) delete link.properties.href;
  else if (!href.startsWith("#")) link.properties.rel = ["noopener", "noreferrer", "nofollow"];
}

function hrefIsPlain(href: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  return !/[\u0000-\u0020\u007f]/.test(href) && (href.startsWith("#") || URL.canParse(href));
}

/** A heading that can be gone to. */
interface Anchor {
  id: string;
  text: string;
  level: number;
}

/**
 * Gives each heading an id of its own. After the tree was cut down: the ids are made here, whatever
 * the writer may write, and all begin with `note-`.
 */
function nameHeadings(root: Root): Anchor[] {
  const anchors: Anchor[] = [];
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const visit = (node: RootContent | ElementContent) => {
    if (node.type !== "element") return;
    const level = /^h([2-6])$/.exec(node.tagName)?.[1];
    // That of the footnotes has one.
    if (level && !node.properties.id) {
      const text = textOf(node);
      const slug = slugOf(text);
      let unique = slug;
      for (let count = counts.get(slug) ?? 0; taken.has(unique); counts.set(slug, count)) unique = `${slug}-${++count}`;
      taken.add(unique);
      node.properties.id = `note-${unique}`;
      anchors.push({ id: `note-${unique}`, text, level: Number(level) });
    } else for (const child of node.children) visit(child);
  };
  for (const child of root.children) visit(child);
  return anchors;
}

function textOf(node: ElementContent): string {
  if (node.type === "element") return node.tagName === "br" ? " " : node.children.map(textOf).join("");
  return node.type === "text" ? node.value : "";
}

/** From so many headings on a text has a table of contents, and so many stand in it at most. */
const [FEWEST, MOST] = [4, 300];

/** The headings of a long text, folded away above it. */
function contents(headings: Anchor[]) {
  if (headings.length < FEWEST) return "";
  const items = headings.slice(0, MOST).map(({ id, text, level }) => {
    const href = `#${encodeURIComponent(id)}`;
    const link = element("a", { href }, [{ type: "text", value: text.trim() || "…" }]);
    return element("li", { dataLevel: String(level) }, [link]);
  });
  const summary = element("summary", {}, [{ type: "text", value: "Contents" }]);
  const list = element("details", {}, [summary, element("ol", {}, items)]);
  return toHtml(element("nav", { className: ["contents"], ariaLabel: "Contents of the note" }, [list]));
}

function element(tagName: string, properties: Element["properties"], children: ElementContent[]): Element {
  return { type: "element", tagName, properties, children };
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
  const summary = element("summary", {}, [{ type: "text", value: "Properties" }]);
  const text = element("pre", { tabIndex: 0 }, withLinks(frontMatter));
  return toHtml(element("details", { className: ["properties"] }, [summary, text]));
}

/** The same signs, those between the brackets of links as links. */
function withLinks(frontMatter: string) {
  const pieces: ElementContent[] = [];
  let end = 0;
  for (const { from, to, target, heading } of linksInFrontMatter(frontMatter)) {
    const [opening, closing] = [from + "[[".length, to - "]]".length];
    const inside: ElementContent = { type: "text", value: frontMatter.slice(opening, closing) };
    pieces.push({ type: "text", value: frontMatter.slice(end, opening) });
    pieces.push(element("a", { href: linkPath(target.trim(), heading), className: ["wikilink"] }, [inside]));
    end = closing;
  }
  return [...pieces, { type: "text" as const, value: frontMatter.slice(end) }];
}
