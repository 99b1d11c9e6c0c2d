import { useEffect, useState } from "react";

type Editor = typeof import("./index");

/**
 * The tools of the editor, once they are loaded: only a page with a text to write loads them. Null
 * until then, and without script.
 */
export function useEditor(): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null);
  useEffect(() => {
    // Where they can't be reached, the field does what it does without them.
    import("./index").then(setEditor, () => {});
  }, []);
  return editor;
}
