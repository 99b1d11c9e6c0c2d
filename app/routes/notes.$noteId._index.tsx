import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { rendered } from "~/notes/markdown/rendered.server";
import { noteId } from "~/notes/note.server";
import { NoteBody } from "~/notes/note-body";
import { readNote } from "~/notes/notes.server";
import { AsTypedNotice, InTrashNotice, RestoredNotice } from "~/notes/notices";
import { TRASH_KEEPS } from "~/notes/trash.server";
import { useForgetDrafts } from "~/notes/use-draft";
import { useOnceOnly } from "~/ui/soft-navigation";
import { Moment } from "~/ui/time";

// GET /notes/:noteId shows a note.
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.heading || "Untitled"} – Verso` }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { content, trashed, ...note } = await readNote(viewer, noteId(params.noteId));
  const { searchParams } = new URL(request.url);
  const goes = trashed === null ? null : trashed + TRASH_KEEPS;
  return {
    ...note,
    ...(await rendered(viewer, content)),
    goes,
    restored: searchParams.has("restored"),
    viewerId: viewer.id,
  };
}

export default function Note() {
  const { id, heading, words, created, updated, html, formatted, versions, goes, restored, viewerId } =
    useLoaderData<typeof loader>();
  useForgetDrafts(viewerId, id, useSearchParams()[0].get("saved"));
  useOnceOnly("saved", "restored");
  return (
    <article className="note">
      {restored && <RestoredNotice />}
      {goes !== null && <InTrashNotice id={id} goes={goes} />}
      <header>
        <h1>
          <bdi>{heading || "Untitled"}</bdi>
        </h1>
        <p className="facts">
          Changed <Moment at={updated} /> ·{" "}
          {minuteOf(created) < minuteOf(updated) && (
            <>
              made <Moment at={created} /> ·{" "}
            </>
          )}
          {words === 1 ? "1 word" : `${words} words`}
          {versions > 0 && (
            <>
              {" · "}
              <a href={`/notes/${id}/versions`}>
                {versions === 1 ? "1 earlier version" : `${versions} earlier versions`}
              </a>
            </>
          )}
        </p>
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
          </div>
        )}
      </header>
      {formatted !== "yes" && <AsTypedNotice id={id} later={formatted === "later"} />}
      <NoteBody html={html} />
    </article>
  );
}

/** As exact as the page says it. */
function minuteOf(time: number) {
  return Math.floor(time / 60_000);
}
