import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { compare } from "~/notes/compare.server";
import { countWords } from "~/notes/describe.server";
import { Difference } from "~/notes/difference";
import { withLf } from "~/notes/line-endings";
import { noteId, versionId } from "~/notes/note.server";
import { readNote } from "~/notes/notes.server";
import { FATES } from "~/notes/version-list";
import { readVersion } from "~/notes/versions.server";
import { Moment } from "~/ui/time";

// GET /notes/:noteId/versions/:versionId shows an earlier text, and what differs from it now.
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Earlier version of ${data?.note.heading || "Untitled"} – Verso` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  const [present, earlier] = await Promise.all([
    readNote(viewer, id),
    readVersion(viewer, id, versionId(params.versionId)),
  ]);
  const { title, heading, version, trashed } = present;
  return {
    note: { id, title, heading, version, trashed: trashed !== null },
    earlier: { ...earlier, content: withLf(earlier.content), words: countWords(earlier.content) },
    runs: compare(earlier.content, present.content),
  };
}

export default function Version() {
  const { note, earlier, runs } = useLoaderData<typeof loader>();
  const same = runs.length === 0 && earlier.title === note.title;
  return (
    <article className="version">
      <header>
        <h1>
          <bdi>{earlier.title || "Untitled"}</bdi>
        </h1>
        <p className="facts">
          An <a href={`/notes/${note.id}/versions`}>earlier version</a> of{" "}
          <a href={`/notes/${note.id}`}>
            <bdi>{note.heading || "Untitled"}</bdi>
          </a>
        </p>
        <p className="facts">
          <Moment at={earlier.saved} /> · {earlier.words === 1 ? "1 word" : `${earlier.words} words`} ·{" "}
          {FATES[earlier.fate]}
        </p>
      </header>
      {!same && (
        // An ordinary save: it can meet a conflict, and the text that it replaces is kept.
        <form method="post" action={`/notes/${note.id}/edit`}>
          <input type="hidden" name="title" value={earlier.title} />
          <input type="hidden" name="content" value={earlier.content} />
          <input type="hidden" name="version" value={note.version} />
          <button type="submit">Make this the text again</button>
          <p className="hint">
            The text that is there now is kept as an earlier version.
            {note.trashed && " The note comes back from the trash."}
          </p>
        </form>
      )}
      <section aria-labelledby="text">
        <h2 id="text">The text as it was typed</h2>
        <pre dir="auto">{earlier.content}</pre>
      </section>
      <Difference earlier={earlier} present={note} runs={runs} />
    </article>
  );
}
