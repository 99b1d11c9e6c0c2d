import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm, parseQuery } from "~/http/forms.server";
import type { Refusal } from "~/http/refusal";
import { conflict, seeOther, unprocessable } from "~/http/responses.server";
import { NO_LIST, readList, TagQuery } from "~/notes/list.server";
import { ListPage } from "~/notes/list-page";
import { tagPath } from "~/notes/markdown/tag";
import { NoneOlder } from "~/notes/note-list";
import { LeftTagNotice } from "~/notes/notices";
import { RenamedTag, renameTag } from "~/notes/rename-tag.server";
import { RenameTagForm } from "~/notes/tag-forms";
import { readTag } from "~/notes/tags.server";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /tags/a/b shows the notes that have the tag; POST renames it everywhere, or merges it with another.
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `#${data?.tag.name} – Verso` }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const tag = await readTag(viewer, params["*"] ?? "");
  const query = parseQuery(request, TagQuery);
  if (query.invalid) return json({ ...NO_LIST, tag, left: 0, message: query.message }, 422);
  const { left, ...filter } = query.value;
  return json({ ...(await readList(viewer, filter, { kind: "tag", id: tag.id })), tag, left, message: null });
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
  const { notes, left } = renamed;
  // With every note left alone there may be no tag of the new name.
  const path = tagPath(notes > 0 ? form.value.name : tag.name);
  return seeOther(withQuery(path, { left: left > 0 ? String(left) : undefined }));
}

export default function Tag() {
  const { tag, left, message, ...list } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  useOnceOnly("undo", "left");
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
      {left > 0 && <LeftTagNotice left={left} />}
      <RenameTagForm name={tag.name} refusal={refusal} />
    </ListPage>
  );
}
