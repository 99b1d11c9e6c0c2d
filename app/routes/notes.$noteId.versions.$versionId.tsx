import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm } from "~/http/forms.server";
import { conflict, seeOther, unprocessable } from "~/http/responses.server";
import { compare } from "~/notes/compare.server";
import { countWords } from "~/notes/describe.server";
import { Difference } from "~/notes/difference";
import { takeBack } from "~/notes/edit.server";
import { withLf } from "~/notes/line-endings";
import { noteId, TakenBack, versionId } from "~/notes/note.server";
import { readNote } from "~/notes/notes.server";
import { FATES } from "~/notes/version-list";
import { readVersion } from "~/notes/versions.server";
import { ErrorSummary } from "~/ui/error-summary";
import { Moment } from "~/ui/time";

// GET /notes/:noteId/versions/:versionId shows an earlier text, and what differs from it now; POST makes it the text again.
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

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  const form = await parseForm(request, TakenBack);
  if (form.invalid) return unprocessable({ message: "The form lost its version. Try again." });
  const saved = await takeBack(viewer, id, versionId(params.versionId), form.value.version);
  if (saved.kind === "conflict") return conflict({ message: saved.message });
  const { restored, renamed } = saved;
  return seeOther(withQuery(`/notes/${id}`, { restored: restored ? "yes" : undefined, renamed }));
}

export default function Version() {
  const { note, earlier, runs } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
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
      <ErrorSummary refusal={refusal} />
      {!same && (
        // Without its text, which would not come back from a browser byte for byte.
        <form method="post">
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
