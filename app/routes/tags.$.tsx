import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm, parseQuery } from "~/http/forms.server";
import type { Refusal } from "~/http/refusal";
import { conflict, seeOther, unprocessable } from "~/http/responses.server";
import { ListQuery, NO_LIST, readList } from "~/notes/list.server";
import { ListPage } from "~/notes/list-page";
import { tagPath } from "~/notes/markdown/tag";
import { NoneOlder } from "~/notes/note-list";
import { RenamedTag, renameTag } from "~/notes/rename-tag.server";
import { RenameTagForm } from "~/notes/tag-forms";
import { readTag } from "~/notes/tags.server";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /tags/a/b shows the notes that have the tag; POST renames it everywhere, or merges it with another.
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `#${data?.tag.name} – Verso` }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const tag = await readTag(viewer, params["*"] ?? "");
  const query = parseQuery(request, ListQuery);
  if (query.invalid) return json({ ...NO_LIST, tag, message: query.message }, 422);
  return json({ ...(await readList(viewer, query.value, { kind: "tag", id: tag.id })), tag, message: null });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const tag = await readTag(viewer, params["*"] ?? "");
  const form = await parseForm(request, RenamedTag);
  if (form.invalid) return unprocessable(form);
  const renamed = await renameTag(viewer, tag.name, form.value);
  if ("exists" in renamed)
    return conflict({
      typed: form.typed,
      message: `There is a tag #${renamed.exists} already: the two would become one.`,
    });
  return seeOther(withQuery(tagPath(renamed.tag), { undo: renamed.undo }));
}

export default function Tag() {
  const { tag, message, ...list } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  useOnceOnly("undo");
  const path = tagPath(tag.name);
  const empty = list.older ? (
    <NoneOlder list={path} />
  ) : (
    <p className="empty">The notes with this tag are in the archive or in the trash.</p>
  );
  return (
    <ListPage
      path={path}
      place={`tag:${tag.id}`}
      heading={<bdi>#{tag.name}</bdi>}
      list={list}
      message={message}
      empty={empty}
    >
      <RenameTagForm name={tag.name} refusal={refusal} />
    </ListPage>
  );
}
