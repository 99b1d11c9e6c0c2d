import type { RefObject } from "react";
import { Completion } from "./completion";
import { Toolbar } from "./toolbar";
import { useTyping } from "./use-typing";

/** What script adds to the field for a note's text. */
export function EditorTools({ field }: { field: RefObject<HTMLTextAreaElement> }) {
  useTyping(field);
  return (
    <>
      <Toolbar field={field} />
      <Completion field={field} />
    </>
  );
}
