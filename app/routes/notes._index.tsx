import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm, parseQuery } from "~/http/forms.server";
import type { Refusal } from "~/http/refusal";
import { seeOther, tooLarge, unprocessable } from "~/http/responses.server";
import { keepPageOnFailure } from "~/notes/keep-page";
import { NewNote } from "~/notes/note.server";
import { NewNoteForm } from "~/notes/note-form";
import { listOf, NextPage, NoNotes, NoteList, SearchSummary } from "~/notes/note-list";
import { countFound, createNote, listNotes, NoteFilter } from "~/notes/notes.server";
import { TrashedNotice } from "~/notes/notices";
import { countTrash, trashedNote } from "~/notes/trash.server";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /notes shows a page of notes, or of those that a search finds; POST /notes writes one.
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.q ? `“${data.q}”` : "Notes"} – Verso` },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const query = parseQuery(request, NoteFilter);
  const trashed = new URL(request.url).searchParams.get("trashed");
  if (query.invalid) return json({ ...NO_NOTES, viewerId: viewer.id, message: query.message }, 422);
  const { q, after } = query.value;
  const [list, counts] = await Promise.all([listNotes(viewer, query.value), countFound(viewer, q)]);
  const older = after !== undefined;
  const inTrash = list.notes.length === 0 && !q && !older ? await countTrash(viewer) : 0;
  return json({
    ...list,
    viewerId: viewer.id,
    q,
    older,
    counts,
    inTrash,
    trashed: trashed && (await trashedNote(viewer, trashed)),
    message: null,
  });
}

const NOTHING: Awaited<ReturnType<typeof listNotes>> = { notes: [], next: null };
const NO_NOTES = { ...NOTHING, q: "", older: false, counts: null, inTrash: 0, trashed: null };

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, NewNote);
  if (form.invalid) return form.tooLarge ? tooLarge(form) : unprocessable(form);
  const { id } = await createNote(viewer, form.value);
  return seeOther(withQuery(`/notes/${id}`, { saved: form.value.draft }));
}

export const clientAction = keepPageOnFailure;

export default function Notes() {
  const { viewerId, q, notes, next, older, counts, inTrash, trashed, message } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  useOnceOnly("trashed");
  if (refusal) return <NewNoteForm viewerId={viewerId} refusal={refusal} />;
  return (
    <>
      <h1>{q ? `Search: ${q}` : "Notes"}</h1>
      {message && (
        <p className="notice" role="alert">
          {message}
        </p>
      )}
      {trashed && <TrashedNotice id={trashed} />}
      {counts && <SearchSummary counts={counts} />}
      <NoteList notes={notes} />
      {notes.length === 0 && !message && <NoNotes q={q} counts={counts} older={older} inTrash={inTrash} />}
      {next && <NextPage list={listOf(q)} cursor={next} />}
    </>
  );
}
