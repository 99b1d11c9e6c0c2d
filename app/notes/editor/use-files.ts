import { type RefObject, useEffect } from "react";
import { applyEdit } from "./edit";

/** Takes a file that was pasted or dropped. @returns the Markdown that stands for it, or null where it wasn't taken. */
export type TakeFile = (file: File) => Promise<string | null>;

/**
 * Lets files be pasted into a field and dropped onto it: each is handed to `take`, one after another,
 * and what comes back is put in at the caret, wherever that is by then.
 *
 * @param take undefined where there is nothing to take files: then the browser does what it does.
 */
export function useFiles(field: RefObject<HTMLTextAreaElement>, take?: TakeFile) {
  useEffect(() => {
    const element = field.current;
    if (!element || !take) return;
    let last: Promise<unknown> = Promise.resolve();

    function hand(event: Event, files: FileList | undefined) {
      if (!files || files.length === 0) return;
      event.preventDefault();
      for (const file of files) last = last.then(() => put(file));
    }

    async function put(file: File) {
      const markdown = await take?.(file);
      if (!element?.isConnected || !markdown) return;
      const { selectionEnd: at } = element;
      applyEdit(element, { from: at, to: at, text: markdown, select: [at + markdown.length, at + markdown.length] });
    }

    const paste = (event: ClipboardEvent) => hand(event, event.clipboardData?.files);
    const drop = (event: DragEvent) => hand(event, event.dataTransfer?.files);
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    element.addEventListener("paste", paste);
    element.addEventListener("drop", drop);
    element.addEventListener("dragover", over);
    return () => {
      element.removeEventListener("paste", paste);
      element.removeEventListener("drop", drop);
      element.removeEventListener("dragover", over);
    };
  }, [field, take]);
}
