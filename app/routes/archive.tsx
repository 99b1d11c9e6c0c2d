import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { parseQuery } from "~/http/forms.server";
import { ListQuery, NO_LIST, readList } from "~/notes/list.server";
import { ListPage } from "~/notes/list-page";
import { NoneOlder } from "~/notes/note-list";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /archive shows the notes that are put away: searched for, and in no other list.
export const meta: MetaFunction = () => [{ title: "Archive – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const query = parseQuery(request, ListQuery);
  if (query.invalid) return json({ ...NO_LIST, message: query.message }, 422);
  return json({ ...(await readList(viewer, query.value, { kind: "archive" })), message: null });
}

export default function Archive() {
  const { message, ...list } = useLoaderData<typeof loader>();
  useOnceOnly("undo");
  const empty = list.older ? (
    <NoneOlder list="/archive" />
  ) : (
    <p className="empty">The archive is empty. What you put here is out of the way and can still be searched for.</p>
  );
  return <ListPage path="/archive" place="archive" heading="Archive" list={list} message={message} empty={empty} />;
}
