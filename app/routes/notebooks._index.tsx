import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import type { Refusal } from "~/http/refusal";
import { seeOther, unprocessable } from "~/http/responses.server";
import { NewNotebookForm, NotebookShelf } from "~/notes/notebook-forms";
import { createNotebook, listNotebooks, NewNotebook } from "~/notes/notebooks.server";

// GET /notebooks shows the notebooks; POST makes one.
export const meta: MetaFunction = () => [{ title: "Notebooks – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return { notebooks: await listNotebooks(viewer) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, NewNotebook);
  if (form.invalid) return unprocessable(form);
  const made = await createNotebook(viewer, form.value);
  if ("refused" in made) return unprocessable({ typed: form.typed, errors: { name: [made.refused] } });
  return seeOther(`/notebooks/${made.id}`);
}

export default function Notebooks() {
  const { notebooks } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>Notebooks</h1>
      <NotebookShelf notebooks={notebooks} />
      <NewNotebookForm notebooks={notebooks} refusal={useActionData<Refusal>()} />
    </>
  );
}
