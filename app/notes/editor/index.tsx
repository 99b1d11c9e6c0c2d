import type { RefObject } from "react";
import { Completion } from "./completion";
import { Toolbar } from "./toolbar";
import { type TakeFile, useFiles } from "./use-files";
import { useTyping } from "./use-typing";

interface Props {
  field: RefObject<HTMLTextAreaElement>;
  takeFile?: TakeFile;
}

/** What script adds to the field for a note's text. */
export function EditorTools({ field, takeFile }: Props) {
  useTyping(field);
  useFiles(field, takeFile);
  return (
    <>
      <Toolbar field={field} />
      <Completion field={field} />
    </>
  );
}
