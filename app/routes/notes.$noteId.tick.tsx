import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import type { Refusal } from "~/http/refusal";
import { conflict, seeOther, unprocessable } from "~/http/responses.server";
import { keepPageOnFailure } from "~/notes/keep-page";
import { rendered } from "~/notes/markdown/rendered.server";
import { noteId } from "~/notes/note.server";
import { readNote } from "~/notes/notes.server";
import { TickedTask, tickTask } from "~/notes/tick.server";
import { TickableBody } from "~/notes/tick-form";

// POST /notes/:noteId/tick ticks a task, or no longer; where it isn't certain which, it shows the note as it is now.
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.heading || "Untitled"} – Verso` }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { id, heading, content, trashed } = await readNote(viewer, noteId(params.noteId));
  const { html } = await rendered(viewer, content);
  return { id, heading, html, locked: trashed !== null };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  const form = await parseForm(request, TickedTask);
  if (form.invalid) return unprocessable({ message: "The form lost which box was meant, so nothing was ticked." });
  const ticked = await tickTask(viewer, id, form.value.task);
  if (ticked.kind === "refused") return conflict({ message: ticked.message });
  // The page that stays reads its note again by itself.
  if (form.value.next === "stay") return json({} satisfies Refusal);
  return seeOther(`/notes/${id}#${ticked.anchor}`);
}

export const clientAction = keepPageOnFailure;

export default function TickRefused() {
  const { id, heading, html, locked } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  return (
    <article className="note">
      {refusal?.message && (
        <p className="notice" role="alert">
          {refusal.message}
        </p>
      )}
      <header>
        <h1>
          <a href={`/notes/${id}`}>
            <bdi>{heading || "Untitled"}</bdi>
          </a>
        </h1>
      </header>
      <TickableBody id={id} html={html} locked={locked} />
    </article>
  );
}
