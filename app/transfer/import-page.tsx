import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import type { Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field } from "~/ui/field";
import { Moment } from "~/ui/time";
import type { FileOutcome, ImportState } from "./imports.server";

/** A plain form: the page that answers it tells how it went. */
export function ImportForm({ refusal }: { refusal?: Refusal }) {
  return (
    <form method="post" action="/import" encType="multipart/form-data" className="stack">
      <ErrorSummary refusal={refusal} />
      <p>
        A zip of Markdown files, such as an Obsidian vault, or the files themselves. Each becomes a note, its text as it
        is; pictures and other files come along. Importing the same files again makes no duplicates.
      </p>
      <Field
        name="files"
        label="Files"
        type="file"
        multiple
        required
        accept=".zip,.md,.markdown,.txt"
        refusal={refusal}
      />
      <button type="submit" className="primary">
        Import
      </button>
    </form>
  );
}

const STATES: Record<ImportState, string> = { running: "running", done: "done", interrupted: "cut off" };

export function ImportList({
  imports,
}: {
  imports: { id: string; source: string; state: ImportState; total: number; created: number }[];
}) {
  if (imports.length === 0) return null;
  return (
    <section>
      <h2>Earlier imports</h2>
      <ul className="plain">
        {imports.map(({ id, source, state, total, created }) => (
          <li key={id}>
            <a href={`/import/${id}`}>
              <bdi>{source}</bdi>
            </a>{" "}
            · {total} files · {STATES[state]} · <Moment at={created} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How far it is; the page looks again by itself, with script and without. */
export function ImportProgress({ done, total }: { done: number; total: number }) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const timer = setInterval(revalidate, 1_000);
    return () => clearInterval(timer);
  }, [revalidate]);
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content="2" />
      </noscript>
      <p role="status">
        {done} of {total} files
      </p>
      <progress max={total} value={done} aria-label="Files imported" />
    </>
  );
}

interface Report {
  state: ImportState;
  total: number;
  counts: Record<FileOutcome["outcome"], number>;
  files: FileOutcome[];
  /** Files that are here already: counted, not named. */
  here: number;
}

export function ImportReport({ report: { state, total, counts, files, here } }: { report: Report }) {
  return (
    <>
      <p className="notice" role="status">
        {`${counts.made} made, ${counts.skipped} skipped, ${counts.failed} failed. `}
        {state === "interrupted" &&
          "The import was cut off before its end. Import the same files again: what is here already is not made twice."}
      </p>
      <p className="actions">
        <a className="button" href="/notes">
          Go to your notes
        </a>
        <a className="button quiet" href="/import">
          Import more
        </a>
      </p>
      <Outcomes title="Failed" files={files.filter((file) => file.outcome === "failed")} open />
      <Outcomes title="Skipped" files={files.filter((file) => file.outcome === "skipped")} here={here} />
      <Outcomes title="Made" files={files.filter((file) => file.outcome === "made")} />
      {total > files.length + here && <p className="hint">The report names the first {files.length} files.</p>}
    </>
  );
}

interface Outcome {
  title: string;
  files: FileOutcome[];
  here?: number;
  open?: boolean;
}

function Outcomes({ title, files, here = 0, open }: Outcome) {
  if (files.length + here === 0) return null;
  return (
    <details open={open} className="outcomes">
      <summary>{`${title}: ${files.length + here}`}</summary>
      <ul className="plain">
        {here > 0 && <li>{here === 1 ? "1 file is here already." : `${here} files are here already.`}</li>}
        {files.map(({ path, note, file, why }) => (
          <li key={path}>
            {note || file ? <a href={note ? `/notes/${note}` : `/files/${file}`}>{path}</a> : <bdi>{path}</bdi>}
            {why && <span className="hint"> {why}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
