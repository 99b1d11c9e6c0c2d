import { useEffect, useState } from "react";

type Tools = typeof import("./index").EditorTools;

/**
 * The tools of the editor, once they are loaded: only a page with a text to write loads them. Null
 * until then, and without script.
 */
export function useEditor(): Tools | null {
  const [tools, setTools] = useState<Tools | null>(null);
  useEffect(() => {
    import("./index").then(
      ({ EditorTools }) => setTools(() => EditorTools),
      // Where they can't be reached, the field does what it does without them.
      () => {},
    );
  }, []);
  return tools;
}
