import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm, parseQuery } from "~/http/forms.server";
import { conflict, seeOther, tooLarge, unprocessable } from "~/http/responses.server";
import { keepPageOnFailure, unlessPreview } from "~/notes/keep-page";
import { NO_LIST, NotesQuery } from "~/notes/list.server";
import { ListPage } from "~/notes/list-page";
import { NewNote, organisedBy, settledBy } from "~/notes/note.server";
import { NewNoteForm } from "~/notes/note-form";
import { listOf } from "~/notes/note-list";
import { wrongNotebook } from "~/notes/notebooks.server";
import { createNote } from "~/notes/notes.server";
import { TrashedNotice } from "~/notes/notices";
import type { Previewed } from "~/notes/preview";
import { previewOf } from "~/notes/preview.server";
import { readNotes } from "~/notes/results.server";
import { SaveSearchForm } from "~/notes/saved-searches";
import { HowToSearch, NoNotes, SearchSummary } from "~/notes/search-results";
import { trashedNote } from "~/notes/trash.server";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /notes shows a page of notes, of the pinned ones, or of those that a search finds; POST /notes writes one.
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.q ? `“${data.q}”` : data?.only ? "Pinned" : "Notes"} – Verso` },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const trashed = new URL(request.url).searchParams.get("trashed");
  const query = parseQuery(request, NotesQuery);
  if (query.invalid) return json({ ...NOTHING, viewerId: viewer.id, message: query.message }, 422);
  const { q, only = null } = query.value;
  const list = await readNotes(viewer, query.value);
  const gone = trashed ? await trashedNote(viewer, trashed) : null;
  return json({ ...list, viewerId: viewer.id, q, only, trashed: gone, message: null });
}

const NOTHING = { ...NO_LIST, q: "", only: null, found: null, trashed: null };

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, NewNote);
  if (form.invalid) return form.tooLarge ? tooLarge(form) : unprocessable(form);
  const { writer = viewer.id, draft, settles, next } = form.value;
  if (next === "preview") return json(await previewOf(viewer, form));
  if (writer !== viewer.id) return conflict({ ...form, message: "Somebody else wrote this on this device." });
  const errors = await wrongNotebook(viewer, form.value);
  if (errors) return unprocessable({ typed: form.typed, errors });
  const { id } = await createNote(viewer, form.value, { ...organisedBy(form.value), settles: settledBy(settles) });
  if (next === "write") return seeOther(withQuery(`/notes/${id}/edit`, { saved: draft ?? "" }));
  return seeOther(withQuery(`/notes/${id}`, { saved: draft }));
}

export const clientAction = keepPageOnFailure;
export const shouldRevalidate = unlessPreview;

export default function Notes() {
  const { viewerId, q, only, found, trashed, message, ...list } = useLoaderData<typeof loader>();
  const refusal = useActionData<Previewed>();
  useOnceOnly("trashed", "undo");
  if (refusal) return <NewNoteForm viewerId={viewerId} refusal={refusal} />;
  return (
    <ListPage
      path={only ? "/notes?only=pinned" : listOf(q)}
      place={found?.in === "archived" ? "archive" : (only ?? "all")}
      q={q}
      heading={q ? `Search: ${q}` : only ? "Pinned notes" : "Notes"}
      list={list}
      message={message}
      empty={<NoNotes q={q} only={only} found={found} older={list.older} />}
    >
      {trashed && <TrashedNotice id={trashed} />}
      {message && <HowToSearch />}
      {found && <SearchSummary found={found} sort={list.sort} />}
      {found && <SaveSearchForm q={q} />}
    </ListPage>
  );
}
