import { useSidebar } from "./choices";
import { namesTyped } from "./markdown/tag";

/** Where a draft would file its note; each is there only where that is another place than the note's own. */
export interface Filing {
  tags?: string;
  notebook?: string;
}

/** Whether there is anything to say of it. */
export function isFiled({ tags, notebook }: Filing): boolean {
  return tags !== undefined || notebook !== undefined;
}

/** What a draft changes besides the text, in a line. */
export function DraftFiling({ draft: { tags, notebook } }: { draft: Filing }) {
  const notebooks = useSidebar()?.notebooks ?? [];
  if (!isFiled({ tags, notebook })) return null;
  const names = namesTyped(tags ?? "");
  const chosen = notebooks.find(({ id }) => id === notebook)?.path ?? "one that is not there any more";
  return (
    <p className="hint">
      {tags !== undefined && (
        <>
          Tags: <bdi>{names.join(", ") || "none"}</bdi>
        </>
      )}
      {tags !== undefined && notebook !== undefined && " · "}
      {notebook !== undefined && (
        <>
          Notebook: <bdi>{notebook === "" ? "none" : chosen}</bdi>
        </>
      )}
    </p>
  );
}
