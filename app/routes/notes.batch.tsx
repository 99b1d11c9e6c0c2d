import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { safeRedirect } from "~/accounts/redirect-to";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm } from "~/http/forms.server";
import { seeOther } from "~/http/responses.server";
import { AskFirst } from "~/notes/ask-first";
import { Batch, changeBatch, refusedBy } from "~/notes/batch.server";

// POST /notes/batch changes the notes that are ticked in a list; of many it asks first.
export const meta: MetaFunction = () => [{ title: "Change many notes – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(request, context);
  return { message: refusedBy(request.url) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, Batch);
  if (form.invalid)
    return json({ ...form, message: "Nothing was done: the form can’t be read.", back: "/notes", count: 0 }, 422);
  const back = safeRedirect(form.value.back);
  const outcome = await changeBatch(viewer, form.value, form.typed);
  if (outcome.kind === "done") return seeOther(withQuery(back.replace(/\?.*/, ""), { undo: outcome.undo }));
  const message = outcome.kind === "refused" ? outcome.message : null;
  return json({ message, typed: form.typed, back, count: outcome.kind === "ask" ? outcome.count : 0 }, 422);
}

export default function BatchPage() {
  const { message } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? { message, typed: {}, back: "/notes", count: 0 };
  return (
    <>
      <h1>Change many notes</h1>
      {answer.message && (
        <p className="notice" role="alert">
          {answer.message}
        </p>
      )}
      {answer.count > 0 && <AskFirst count={answer.count} fields={answer.typed} />}
      <p>
        <a href={answer.back}>Back to the list</a>
      </p>
    </>
  );
}
