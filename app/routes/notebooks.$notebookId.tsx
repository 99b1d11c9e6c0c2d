import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm, parseQuery } from "~/http/forms.server";
import type { Refusal } from "~/http/refusal";
import { seeOther, unprocessable } from "~/http/responses.server";
import { ListQuery, NO_LIST, readList } from "~/notes/list.server";
import { ListPage } from "~/notes/list-page";
import { notebookId } from "~/notes/note.server";
import { EmptyNotebook, NotebookTools } from "~/notes/notebook-forms";
import { changeNotebook, deleteNotebook, NotebookChange, readShelf } from "~/notes/notebooks.server";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /notebooks/:notebookId shows a notebook's notes (`none`: those in no notebook); POST renames, moves or deletes it.
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.shelf?.name ?? "No notebook"} – Verso` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = params.notebookId === "none" ? null : notebookId(params.notebookId);
  const shelf = id && (await readShelf(viewer, id));
  const query = parseQuery(request, ListQuery);
  if (query.invalid) return json({ ...NO_LIST, shelf, message: query.message }, 422);
  return json({ ...(await readList(viewer, query.value, { kind: "notebook", id })), shelf, message: null });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = notebookId(params.notebookId);
  await readShelf(viewer, id);
  const form = await parseForm(request, NotebookChange);
  if (form.invalid) return unprocessable(form);
  if (form.value.intent === "delete") return seeOther(`/notes?undo=${await deleteNotebook(viewer, id)}`);
  const changed = await changeNotebook(viewer, id, form.value);
  if ("refused" in changed) return unprocessable({ typed: form.typed, errors: { name: [changed.refused] } });
  return seeOther(`/notebooks/${id}`);
}

export default function Notebook() {
  const { shelf, message, ...list } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  useOnceOnly("undo");
  const path = `/notebooks/${shelf?.id ?? "none"}`;
  return (
    <ListPage
      path={path}
      place={shelf ? `notebook:${shelf.id}` : "none"}
      heading={<bdi>{shelf?.name ?? "No notebook"}</bdi>}
      list={list}
      message={message}
      empty={<EmptyNotebook path={path} older={list.older} id={shelf?.id ?? null} />}
    >
      {shelf && <NotebookTools shelf={shelf} refusal={refusal} />}
    </ListPage>
  );
}
