import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm } from "~/http/forms.server";
import type { Refusal } from "~/http/refusal";
import { seeOther, unprocessable } from "~/http/responses.server";
import { listOf } from "~/notes/note-list";
import { UndoNotice } from "~/notes/notices";
import { WhereToGo } from "~/notes/palette/where-to-go";
import { SavedSearches, SaveSearchForm } from "~/notes/saved-searches";
import { changeSavedSearches, listSavedSearches, SavedSearchChange } from "~/notes/saved-searches.server";
import { SearchHelp } from "~/notes/search-help";
import { readUndo } from "~/notes/undo.server";
import { ErrorSummary } from "~/ui/error-summary";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /search shows how to search, and the saved searches; POST saves, renames or deletes one.
export const meta: MetaFunction = () => [{ title: "How to search – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const undo = new URL(request.url).searchParams.get("undo");
  const [searches, undoable] = await Promise.all([listSavedSearches(viewer), readUndo(viewer, undo)]);
  return { searches, undo: undoable };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, SavedSearchChange);
  if (form.invalid) return unprocessable(form);
  const changed = await changeSavedSearches(viewer, form.value);
  if ("refused" in changed) return unprocessable({ typed: form.typed, errors: { name: [changed.refused] } });
  if (form.value.intent === "save") return seeOther(listOf(form.value.q));
  return seeOther(`${withQuery("/search", { undo: changed.undo ?? undefined })}#saved`);
}

export default function Search() {
  const { searches, undo } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  useOnceOnly("undo");
  const saving = refusal?.typed?.intent === "save";
  return (
    <>
      <h1>How to search</h1>
      {refusal &&
        (saving ? <SaveSearchForm q={refusal.typed?.q ?? ""} refusal={refusal} /> : <ErrorSummary refusal={refusal} />)}
      <SearchHelp />
      <SavedSearches searches={searches} refusal={refusal}>
        {undo && <UndoNotice undo={undo} back="/search" />}
      </SavedSearches>
      <WhereToGo />
    </>
  );
}
