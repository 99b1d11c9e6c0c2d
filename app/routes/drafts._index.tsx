import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { DraftList } from "~/notes/draft-page";
import { listDrafts, wasDropped } from "~/notes/drafts.server";
import { DroppedNotice } from "~/notes/kept-drafts";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /drafts shows what was typed and not saved.
export const meta: MetaFunction = () => [{ title: "Drafts – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const dropped = new URL(request.url).searchParams.get("dropped");
  const [drafts, droppedDraft] = await Promise.all([listDrafts(viewer), wasDropped(viewer, dropped)]);
  return { drafts, dropped: droppedDraft };
}

export default function Drafts() {
  const { drafts, dropped } = useLoaderData<typeof loader>();
  useOnceOnly("dropped");
  return (
    <>
      <h1>Drafts</h1>
      <DroppedNotice dropped={dropped} back="/drafts" />
      <DraftList drafts={drafts} />
    </>
  );
}
