/** A text, and what of it is selected. */
export interface Written {
  text: string;
  from: number;
  to: number;
}

/** A stretch of a text that becomes another, and what is selected then. */
export interface Edit {
  from: number;
  to: number;
  text: string;
  select: [from: number, to: number];
}

/** What stands in a field. */
export function writtenIn(field: HTMLTextAreaElement): Written {
  return { text: field.value, from: field.selectionStart, to: field.selectionEnd };
}

/**
 * Makes an edit as if it was typed: one step for the browser's undo, with an `input` event. Does
 * nothing where the field can't be written in.
 */
export function applyEdit(field: HTMLTextAreaElement, { from, to, text, select }: Edit) {
  if (field.readOnly || field.disabled) return;
  field.focus({ preventScroll: true });
  field.setSelectionRange(from, to);
  if (from !== to || text !== "") {
    // Deprecated, and the only way that the undo of every browser knows of.
    const typed = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
    if (!typed) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  field.setSelectionRange(...select);
}

/** The edit as the text that comes of it; for whoever has no field. */
export function edited({ text }: Written, edit: Edit): Written {
  const [from, to] = edit.select;
  return { text: text.slice(0, edit.from) + edit.text + text.slice(edit.to), from, to };
}

/** The lines that a selection touches, as one stretch. A selection that ends before a line's first letter leaves it out. */
export function linesOf({ text, from, to }: Written): { from: number; to: number; lines: string[] } {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const last = to > from && text[to - 1] === "\n" ? to - 1 : to;
  const next = text.indexOf("\n", last);
  const end = next < 0 ? text.length : next;
  return { from: start, to: end, lines: text.slice(start, end).split("\n") };
}

/** Other lines in place of those that a selection touches; what was selected stays so as far as it is there. */
export function withLines(written: Written, change: (line: string, place: number) => string): Edit {
  const { from, to, lines } = linesOf(written);
  const changed = lines.map(change);
  const text = changed.join("\n");
  const grown = (changed[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  if (written.from === written.to) {
    const caret = Math.max(from, written.from + grown);
    return { from, to, text, select: [caret, caret] };
  }
  return { from, to, text, select: [from, from + text.length] };
}
