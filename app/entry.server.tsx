import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";
import { describeError, log } from "./http/log.server";
import { report } from "./http/reports.server";
import { PageContext } from "./ui/page-context";

/** The page as one string: nothing here is deferred, and a whole page is cheaper to send than a stream. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
) {
  const viewer = await context.viewer().catch(() => null);
  const started = performance.now();
  const page = renderToString(
    <PageContext.Provider
      value={{ nonce: context.nonce, name: viewer?.name, recordId: context.recordId, reference: context.requestId }}
    >
      <RemixServer context={remix} url={request.url} />
    </PageContext.Provider>,
  );
  report({ kind: "render", started, bytes: Buffer.byteLength(page) });
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(`<!doctype html>${page}`, { status, headers });
}

/** What goes wrong without anyone having meant it. A thrown Response (a 404, say) never comes here. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (request.signal.aborted) return;
  report({ kind: "failure", error });
  log.error({ id: context?.requestId, ...describeError(error) }, "a loader, action or page failed");
}
