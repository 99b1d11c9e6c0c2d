import type { ActionFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import { download, notFound, seeOther } from "~/http/responses.server";
import { streamed } from "~/http/streamed.server";
import { Batch, pickedBy } from "~/notes/batch.server";
import { exportNotes } from "~/transfer/export.server";

// POST /notes/export answers with the notes that are ticked in a list, as files in a zip.
export function loader() {
  throw notFound();
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, Batch);
  if (form.invalid) return seeOther("/notes/batch?refused=damaged");
  const picked = await pickedBy(viewer, form.value, form.typed);
  if (!picked) return seeOther("/notes/batch?refused=many");
  if (picked.length === 0) return seeOther("/notes/batch?refused=none");
  const zip = await exportNotes(
    viewer,
    picked.map(({ id }) => id),
  );
  return download(
    "notes.zip",
    "application/zip",
    streamed(zip, () => context.flushed()),
  );
}
