import { type Edit, linesOf, type Written, withLines } from "./edit";

/** What an item of a list or a quote begins with: signs of quotes, an indent, a bullet or a number, a box. */
const ITEM = /^((?:[ \t]*>[ \t]?)*)([ \t]*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+)(\[[ \txX]\][ \t]+)?/;
const QUOTED = /^(?:[ \t]*>[ \t]?)+/;

/**
 * What Enter does in a list or a quote: begins the next item, or ends the list where the item is empty.
 *
 * @returns null where Enter is to do what it always does.
 */
export function continued(written: Written): Edit | null {
  const { text, from, to } = written;
  if (from !== to) return null;
  const { from: start, to: end, lines } = linesOf(written);
  const [line = ""] = lines;
  const item = ITEM.exec(line);
  const [head = ""] = item ?? QUOTED.exec(line) ?? [];
  if (head === "" || from < start + head.length || inCode(text, start)) return null;
  if (line.slice(head.length).trim() === "") {
    // An item in a quote leaves the quote's sign; a second Enter ends that too.
    const left = item ? (item[1] ?? "") : "";
    return { from: start, to: end, text: left, select: [start + left.length, start + left.length] };
  }
  const next = `\n${item ? nextItem(item) : `${head.trimEnd()} `}`;
  return { from, to, text: next, select: [from + next.length, from + next.length] };
}

function nextItem([, quotes = "", indent = "", bullet, number, sign = ".", space = " ", box]: RegExpExecArray) {
  const mark = bullet ?? `${Number(number) + 1}${sign}`;
  return `${quotes}${indent}${mark}${box ? " [ ] " : space.length > 4 ? " " : space}`;
}

/** Whether a line stands in a block of code. */
function inCode(text: string, start: number) {
  let fence = "";
  for (const [, sign = ""] of text.slice(0, start).matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    if (fence === "") fence = sign;
    else if (sign[0] === fence[0] && sign.length >= fence.length) fence = "";
  }
  return fence !== "";
}

/**
 * What Tab does in a list, or where lines are selected: moves them in, or with `out` out.
 *
 * @returns null where Tab is to lead to the next field.
 */
export function indented(written: Written, out: boolean): Edit | null {
  const { from, to, lines } = linesOf(written);
  const whole = lines.length > 1 || (from < to && written.from === from && written.to >= to);
  if (!whole && !ITEM.test(lines[0] ?? "")) return null;
  const step = stepAbove(written.text, from);
  return withLines(written, (line) => {
    if (line.trim() === "") return line;
    if (!out) return " ".repeat(step) + line;
    return line.replace(new RegExp(`^(?:\t| {1,${step}})`), "");
  });
}

/** As far as the text of the item above stands from its mark: there a list within it begins. */
function stepAbove(text: string, from: number) {
  const above = text.slice(text.lastIndexOf("\n", from - 2) + 1, Math.max(0, from - 1));
  const [, , , , number, sign = "", space = ""] = ITEM.exec(above) ?? [];
  return number ? (number + sign + space).length : 2;
}
