import { Moment } from "~/ui/time";
import { foldBursts } from "./fold-versions";

interface Item {
  id: string;
  title: string;
  fate: "replaced" | "refused";
  saved: number;
  /** What the save after it changed. */
  change: string;
  bytes: number;
}

/** What became of an earlier text. */
export const FATES = {
  replaced: "Replaced by a later save",
  refused: "Refused in a conflict, and kept here",
};

/** Earlier texts of a note, one below the other, each by when it was saved or refused; bursts of saves are folded. */
export function VersionList({ note, versions }: { note: string; versions: Item[] }) {
  if (versions.length === 0) return null;
  return (
    <ol className="notes versions">
      {foldBursts(versions).map((one) =>
        one.kind === "one" ? (
          <Version key={one.item.id} note={note} version={one.item} />
        ) : (
          <li key={one.items[0]?.id} className="between">
            <details>
              <summary>{one.items.length} saves between</summary>
              <ol className="notes">
                {one.items.map((version) => (
                  <Version key={version.id} note={note} version={version} />
                ))}
              </ol>
            </details>
          </li>
        ),
      )}
    </ol>
  );
}

function Version({ note, version: { id, title, fate, saved, change, bytes } }: { note: string; version: Item }) {
  return (
    <li>
      <a href={`/notes/${note}/versions/${id}`}>
        <Moment at={saved} />
      </a>
      <span className="until">{sizeOf(bytes)}</span>
      <p>
        {`${FATES[fate]}${change ? ": " : " · "}`}
        {change ? <bdi className="change">{change}</bdi> : <bdi>{title || "Untitled"}</bdi>}
      </p>
    </li>
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
