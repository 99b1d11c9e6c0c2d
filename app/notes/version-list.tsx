import { Moment } from "~/ui/time";

interface Item {
  id: string;
  title: string;
  fate: "replaced" | "refused";
  saved: number;
  bytes: number;
}

/** What became of an earlier text. */
export const FATES = {
  replaced: "Replaced by a later save",
  refused: "Refused in a conflict, and kept here",
};

/** Earlier texts of a note, one below the other, each by when it was saved or refused. */
export function VersionList({ note, versions }: { note: string; versions: Item[] }) {
  if (versions.length === 0) return null;
  return (
    <ol className="notes versions">
      {versions.map(({ id, title, fate, saved, bytes }) => (
        <li key={id}>
          <a href={`/notes/${note}/versions/${id}`}>
            <Moment at={saved} />
          </a>
          <span className="until">{sizeOf(bytes)}</span>
          <p>
            {`${FATES[fate]} · `}
            <bdi>{title || "Untitled"}</bdi>
          </p>
        </li>
      ))}
    </ol>
  );
}

function sizeOf(bytes: number) {
  if (bytes < 1_000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  return `${(bytes / 1_000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}

/** Why no earlier texts are shown. */
export function NoVersions() {
  return (
    <p className="empty">
      This note has no earlier versions. Each save that changes it keeps the text before, and you find it here.
    </p>
  );
}
