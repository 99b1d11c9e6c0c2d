import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { DraftPage } from "~/notes/draft-page";
import { readDraft } from "~/notes/drafts.server";
import { draftId } from "~/notes/note.server";

// GET /drafts/:draftId shows a draft and what it changes of its note.
export const meta: MetaFunction = () => [{ title: "Unsaved draft – Verso" }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return readDraft(viewer, draftId(params.draftId));
}

export default function Draft() {
  return <DraftPage {...useLoaderData<typeof loader>()} />;
}
