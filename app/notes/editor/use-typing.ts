import { type RefObject, useEffect } from "react";
import { applyEdit, type Edit, writtenIn } from "./edit";
import { FORMATS, type Format } from "./format";
import { continued, indented } from "./lists";
import { linked, tabular } from "./paste";

/** Formats by their key. */
const KEYS = new Map(
  (Object.keys(FORMATS) as Format[]).flatMap((name) => (FORMATS[name].key ? [[FORMATS[name].key, name]] : [])) as [
    string,
    Format,
  ][],
);

/**
 * Lets a field do more with keys and with what is pasted: formats, lists that go on, Tab in lists.
 * Escape gives the next Tab back to the browser, so that nobody is caught in the field.
 */
export function useTyping(field: RefObject<HTMLTextAreaElement>) {
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    let leaving = false;
    let asItIs = false;

    function make(event: Event, edit: Edit | null) {
      if (!element || !edit) return;
      event.preventDefault();
      applyEdit(element, edit);
    }

    function press(event: KeyboardEvent) {
      // What composes characters, or has chosen a suggestion, has taken the key.
      if (!element || event.defaultPrevented || event.isComposing || element.readOnly) return;
      const { key, shiftKey, altKey } = event;
      const control = (event.ctrlKey || event.metaKey) && !altKey;
      asItIs = control && shiftKey && key.toLowerCase() === "v";
      const format = control && !shiftKey ? KEYS.get(key.toLowerCase()) : undefined;
      if (format) return make(event, FORMATS[format].edit(writtenIn(element)));
      if (control || altKey) return;
      if (key === "Enter" && !shiftKey) make(event, continued(writtenIn(element)));
      if (key === "Tab" && !leaving) make(event, indented(writtenIn(element), shiftKey));
      // Of Shift and Tab, Shift comes first.
      if (key !== "Shift") leaving = key === "Escape";
    }

    function paste(event: ClipboardEvent) {
      const { clipboardData: pasted } = event;
      if (!element || !pasted || event.defaultPrevented || asItIs) return;
      const written = writtenIn(element);
      make(event, linked(written, pasted.getData("text/plain")) ?? tabular(pasted.getData("text/html"), written));
    }

    function leave() {
      leaving = false;
    }

    element.addEventListener("keydown", press);
    element.addEventListener("paste", paste);
    element.addEventListener("blur", leave);
    return () => {
      element.removeEventListener("keydown", press);
      element.removeEventListener("paste", paste);
      element.removeEventListener("blur", leave);
    };
  }, [field]);
}
