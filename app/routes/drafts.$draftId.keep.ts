import type { ActionFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import { notFound, tooLarge, tooMany, unauthorized, unprocessable } from "~/http/responses.server";
import { keepDraft, TypedDraft } from "~/notes/drafts.server";
import { draftId } from "~/notes/note.server";

// POST /drafts/:draftId/keep keeps what is typed in a form and not saved yet. Sent by its script, with no form of its own.
export function loader() {
  throw notFound();
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = draftId(params.draftId);
  const form = await parseForm(request, TypedDraft);
  // The page has the text: it need not come back.
  if (form.invalid) return form.tooLarge ? tooLarge({ errors: form.errors }) : unprocessable({ errors: form.errors });
  if (form.value.owner !== viewer.id) throw unauthorized({ message: "Somebody else is signed in here now." });
  const kept = await keepDraft(viewer, id, form.value);
  if (kept.kind === "too fast") return tooMany({ message: "This is kept a little later." }, kept.seconds);
  if (kept.kind === "too many") return unprocessable({ message: kept.message });
  return json({ kept: kept.kind });
}
