import type { Edit, Written } from "./edit";
import { isAddress, plainAddress } from "./format";

/**
 * An address that is pasted over words makes them a link.
 *
 * @returns null where it is to be pasted as it is.
 */
export function linked(written: Written, pasted: string): Edit | null {
  const { text, from, to } = written;
  const selected = text.slice(from, to);
  const address = pasted.trim();
  const plain = selected.trim() !== "" && !/[[\]\n]/.test(selected) && !isAddress(selected.trim());
  // Behind `](` it is the address that is pasted over.
  if (!plain || !isAddress(address) || text.slice(from - 2, from) === "](") return null;
  const link = `[${selected}](${plainAddress(address)})`;
  return { from, to, text: link, select: [from + link.length, from + link.length] };
}

/**
 * Cells of a spreadsheet, or a table of a page, as Markdown.
 *
 * @param html what was copied, as the clipboard has it.
 * @returns null where there is anything but a table: that is pasted as plain text, with all its words.
 */
export function tabular(html: string, written: Written): Edit | null {
  if (!/<table/i.test(html)) return null;
  const { body } = new DOMParser().parseFromString(onlyTables(html), "text/html");
  const [table, another] = body.querySelectorAll("table");
  if (!table || another || textOf(body) !== textOf(table)) return null;
  const rows = [...table.rows].map((row) => [...row.cells].map(cellOf));
  const width = Math.max(...rows.map((row) => row.length));
  if (rows.length < 2 && width < 2) return null;
  const line = (cells: string[]) =>
    `| ${Array.from({ length: width }, (_, place) => cells[place] ?? "").join(" | ")} |`;
  const [head = [], ...rest] = rows;
  const lines = [line(head), line(Array.from({ length: width }, () => "---")), ...rest.map(line)];
  const { text, from, to } = written;
  const before = from === 0 || text.slice(0, from).endsWith("\n\n") ? "" : text[from - 1] === "\n" ? "\n" : "\n\n";
  const markdown = `${before}${lines.join("\n")}\n${text[to] === "\n" ? "" : "\n"}`;
  return { from, to, text: markdown, select: [from + markdown.length, from + markdown.length] };
}

const UNSEEN = /<!--[\s\S]*?-->|<(style|script|title)\b[\s\S]*?<\/\1\s*>/gi;
const TAG = /<(\/?)([a-z][a-z0-9:-]*)(?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const PARTS = /^(?:table|thead|tbody|tfoot|tr|td|th)$/i;
const WITHIN_WORDS = /^(?:a|b|strong|i|em|u|s|span|font|code|sub|sup)$/i;

/** The tags that tables are made of, without attributes: nothing is left that could be loaded, styled or run. */
function onlyTables(html: string) {
  return html
    .replace(UNSEEN, "")
    .replace(TAG, (_, end: string, name: string) =>
      PARTS.test(name) ? `<${end}${name}>` : WITHIN_WORDS.test(name) ? "" : " ",
    );
}

function textOf(element: Element) {
  return (element.textContent ?? "").replace(/\s+/g, "");
}

function cellOf({ textContent }: HTMLTableCellElement) {
  return (textContent ?? "").trim().replace(/\s+/g, " ").replaceAll("\\", "\\\\").replaceAll("|", "\\|");
}
