import { type Edit, linesOf, type Written, withLines } from "./edit";

/** What the buttons above a text do, and the key with Control or ⌘ that does the same. */
export const FORMATS = {
  bold: { label: "Bold", key: "b", edit: (written: Written) => emphasise(written, 2) },
  italic: { label: "Italic", key: "i", edit: (written: Written) => emphasise(written, 1) },
  link: { label: "Link", key: "k", edit: link },
  heading: { label: "Heading", key: null, edit: heading },
  list: { label: "List", key: null, edit: (written: Written) => prefixed(written, "- ", BULLET) },
  tasks: { label: "Task list", key: null, edit: (written: Written) => prefixed(written, "- [ ] ", TASK) },
  quote: { label: "Quote", key: null, edit: (written: Written) => prefixed(written, "> ", QUOTE) },
  code: { label: "Code", key: null, edit: code },
} as const satisfies Record<string, { label: string; key: string | null; edit: (written: Written) => Edit }>;

export type Format = keyof typeof FORMATS;

/** `**` around what is selected, or `*`; none where they are there already. */
function emphasise(written: Written, stars: 1 | 2): Edit {
  const { text, from, to } = trimmed(atWord(written));
  const [before, after] = [starsBefore(text, from), starsAfter(text, to)];
  const around = Math.min(before, after);
  // Three stars are both: bold and italic.
  const has = stars === 2 ? around >= 2 : around % 2 === 1;
  const sign = "*".repeat(stars);
  const inner = text.slice(from, to);
  const moved = (by: number): [number, number] => {
    if (written.from === written.to) return [written.from + by, written.from + by];
    return [from + by, to + by];
  };
  if (has) return { from: from - stars, to: to + stars, text: inner, select: moved(-stars) };
  return { from, to, text: sign + inner + sign, select: moved(stars) };
}

function starsBefore(text: string, from: number) {
  let count = 0;
  while (text[from - count - 1] === "*") count += 1;
  return count;
}

function starsAfter(text: string, to: number) {
  let count = 0;
  while (text[to + count] === "*") count += 1;
  return count;
}

const WORD = /[\p{L}\p{N}\p{M}'’_-]/u;

/** Where nothing is selected: the word that the caret stands in. */
function atWord(written: Written): Written {
  let { text, from, to } = written;
  if (from !== to) return written;
  while (from > 0 && WORD.test(text[from - 1] ?? "")) from -= 1;
  while (to < text.length && WORD.test(text[to] ?? "")) to += 1;
  // At a word's edge nothing is in it yet.
  return from === written.from || to === written.to ? written : { text, from, to };
}

/** Without the spaces at its ends: with them, Markdown takes the signs for text. */
function trimmed({ text, from, to }: Written): Written {
  const selected = text.slice(from, to);
  if (selected.trim() === "") return { text, from, to };
  const start = from + selected.length - selected.trimStart().length;
  return { text, from: start, to: start + selected.trim().length };
}

const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;
const BEGINNING = "https://";

/** A link of what is selected, its address to be typed; an address becomes that of a link without a text. */
function link(written: Written): Edit {
  const { text, from, to } = trimmed(atWord(written));
  const selected = text.slice(from, to);
  if (ADDRESS.test(selected)) return { from, to, text: `[](${plainAddress(selected)})`, select: [from + 1, from + 1] };
  const at = from + selected.length + 3;
  const select: [number, number] = selected === "" ? [from + 1, from + 1] : [at, at + BEGINNING.length];
  return { from, to, text: `[${selected}](${BEGINNING})`, select };
}

/** An address as it can stand in the brackets of a link. */
export function plainAddress(address: string) {
  return address.replace(/[()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Whether a text is an address and nothing else. */
export function isAddress(text: string) {
  return ADDRESS.test(text) && URL.canParse(text);
}

const HEADING = /^(#{1,6})[ \t]+/;

/** A heading, of the next lower rank at each time, and after the third one a plain line again. */
function heading(written: Written): Edit {
  return withLines(written, (line) => {
    const rank = HEADING.exec(line)?.[1]?.length ?? 0;
    return (rank >= 3 ? "" : `${"#".repeat(rank + 1)} `) + line.replace(HEADING, "");
  });
}

const BULLET = /^([ \t]*)[-*+] (?!\[[ xX]\] )/;
const TASK = /^([ \t]*)[-*+] \[[ xX]\] /;
const QUOTE = /^([ \t]*)> ?/;
const ANY_LIST = /^([ \t]*)(?:[-*+]|\d{1,9}[.)]) (?:\[[ xX]\] )?/;

/** Begins each line with `prefix`, or no longer where all have it. */
function prefixed(written: Written, prefix: string, has: RegExp): Edit {
  const { lines } = linesOf(written);
  const several = lines.length > 1;
  const meant = (line: string) => !several || line.trim() !== "";
  const all = lines.filter(meant).every((line) => has.test(line));
  return withLines(written, (line) => {
    if (!meant(line)) return line;
    if (all) return line.replace(has, "$1");
    // A quote may hold a list; a list's item is of one kind.
    if (has === QUOTE) return prefix + line;
    return ANY_LIST.test(line) ? line.replace(ANY_LIST, `$1${prefix}`) : line.replace(/^[ \t]*/, `$&${prefix}`);
  });
}

/** Code in the line, or a block of it where several lines are selected. */
function code(written: Written): Edit {
  const { text, from, to } = written;
  const selected = text.slice(from, to);
  if (selected.includes("\n")) return codeBlock(written);
  const spot = trimmed(atWord(written));
  const inner = text.slice(spot.from, spot.to);
  if (text[spot.from - 1] === "`" && text[spot.to] === "`") {
    const caret: [number, number] = from === to ? [from - 1, from - 1] : [spot.from - 1, spot.to - 1];
    return { from: spot.from - 1, to: spot.to + 1, text: inner, select: caret };
  }
  const fence = "`".repeat(longestRun(inner) + 1);
  const space = inner.startsWith("`") || inner.endsWith("`") ? " " : "";
  const before = fence + space;
  const select: [number, number] =
    from === to ? [from + before.length, from + before.length] : [spot.from + before.length, spot.to + before.length];
  return { from: spot.from, to: spot.to, text: before + inner + space + fence, select };
}

function codeBlock(written: Written): Edit {
  const { from, to, lines } = linesOf(written);
  const inner = lines.join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(inner) + 1));
  const text = `${fence}\n${inner}\n${fence}`;
  return { from, to, text, select: [from + fence.length + 1, from + fence.length + 1 + inner.length] };
}

function longestRun(text: string) {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
