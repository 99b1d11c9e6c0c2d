import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { listNoteFiles } from "~/files/files.server";
import { NoteFiles } from "~/files/note-files";
import { parseQuery } from "~/http/forms.server";
import { Backlinks } from "~/notes/backlinks";
import { FoundMarks } from "~/notes/found-marks";
import { backlinksOf } from "~/notes/links.server";
import { countMarks } from "~/notes/markdown/marks.server";
import { rendered } from "~/notes/markdown/rendered.server";
import { NoteQuery, noteId } from "~/notes/note.server";
import { NoteFacts } from "~/notes/note-facts";
import { readNote } from "~/notes/notes.server";
import {
  AsTypedNotice,
  InTrashNotice,
  RelinkedNotice,
  RenamedNotice,
  RestoredNotice,
  UndoNotice,
} from "~/notes/notices";
import { OrganiseForm } from "~/notes/organise-form";
import { readRenamed } from "~/notes/relink-notes.server";
import { searchedWords } from "~/notes/results.server";
import { tagsOf } from "~/notes/tags.server";
import { TickableBody } from "~/notes/tick-form";
import { leavesTrash } from "~/notes/trash.server";
import { readUndo } from "~/notes/undo.server";
import { useForgetDrafts } from "~/notes/use-draft";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /notes/:noteId shows a note.
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.heading || "Untitled"} – Verso` }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  const query = parseQuery(request, NoteQuery);
  const { undo, restored, renamed, relinked, left = 0, q = "" } = query.invalid ? {} : query.value;
  const [{ content, trashed, ...note }, tags, undoable] = await Promise.all([
    readNote(viewer, id),
    tagsOf(viewer, id),
    readUndo(viewer, undo),
  ]);
  const named = { id, title: note.title };
  const words = searchedWords(q);
  const [text, backlinks, offer, files] = await Promise.all([
    rendered(viewer, content, words),
    backlinksOf(viewer, named),
    readRenamed(viewer, named, renamed),
    listNoteFiles(viewer, id),
  ]);
  return {
    ...note,
    ...text,
    found: words.length > 0 ? { q, count: countMarks(text.html) } : null,
    tags,
    backlinks,
    files,
    undo: undoable,
    goes: trashed === null ? null : leavesTrash(trashed),
    restored: restored !== undefined,
    renamed: offer,
    relinked: relinked === undefined ? null : { changed: relinked, left },
    viewerId: viewer.id,
  };
}

export default function Note() {
  const note = useLoaderData<typeof loader>();
  const { id, heading, html, formatted, goes, restored, viewerId } = note;
  useForgetDrafts(viewerId, id, useSearchParams()[0].get("saved"));
  useOnceOnly("saved", "restored", "undo", "renamed", "relinked", "left");
  return (
    <article className="note">
      {restored && <RestoredNotice />}
      {note.undo && <UndoNotice undo={note.undo} back={`/notes/${id}`} />}
      {note.renamed && <RenamedNotice id={id} renamed={note.renamed} />}
      {note.relinked && <RelinkedNotice relinked={note.relinked} />}
      {goes !== null && <InTrashNotice id={id} goes={goes} />}
      <header>
        <h1>
          <bdi>{heading || "Untitled"}</bdi>
        </h1>
        <NoteFacts note={note} />
        {goes === null && (
          <div className="actions">
            <a className="button" href={`/notes/${id}/edit`}>
              Edit
            </a>
            <form method="post" action={`/notes/${id}/trash`}>
              <button type="submit" className="quiet">
                Move to trash
              </button>
            </form>
            <OrganiseForm note={note} />
          </div>
        )}
      </header>
      {note.found && <FoundMarks {...note.found} />}
      {formatted !== "yes" && <AsTypedNotice id={id} later={formatted === "later"} />}
      <TickableBody id={id} html={html} locked={goes !== null} />
      <NoteFiles id={id} files={note.files} locked={goes !== null} />
      <Backlinks title={note.title} backlinks={note.backlinks} />
    </article>
  );
}
