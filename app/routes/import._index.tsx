import { setTimeout as sleep } from "node:timers/promises";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { conflict, seeOther, unprocessable } from "~/http/responses.server";
import { bookmarklet } from "~/notes/capture.server";
import { CaptureBookmark } from "~/notes/capture-bookmark";
import { ImportForm, ImportList } from "~/transfer/import-page";
import { listImports, startImport } from "~/transfer/imports.server";
import { RefusedSource } from "~/transfer/source.server";
import { receiveUpload } from "~/transfer/upload.server";

// GET /import asks for files and shows earlier imports; POST /import takes them in.
export const meta: MetaFunction = () => [{ title: "Import – Verso" }];

/** A small import is done when the page comes; for a larger one the page shows how far it is. */
const SHORT_WAIT = 1_500;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return { imports: await listImports(viewer), bookmark: bookmarklet(request.url) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  try {
    const source = await receiveUpload(request);
    const started = await startImport(viewer, source);
    if (!started) return conflict({ message: "An import of yours is still running. Wait until it is done." });
    await Promise.race([started.finished, sleep(SHORT_WAIT)]);
    return seeOther(`/import/${started.id}`);
  } catch (error) {
    if (!(error instanceof RefusedSource)) throw error;
    return unprocessable({ message: "Nothing was imported.", errors: { files: [error.message] } });
  }
}

export default function Import() {
  const { imports, bookmark } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <article className="narrow">
      <h1>Import</h1>
      <ImportForm refusal={refusal} />
      <ImportList imports={imports} />
      <CaptureBookmark address={bookmark} />
    </article>
  );
}
