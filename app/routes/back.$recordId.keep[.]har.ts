import type { LoaderFunctionArgs } from "@remix-run/node";
import { download } from "~/http/responses.server";
import { readAsHar } from "~/verso/kept.server";

// GET /back/:recordId/keep.har is one of your own records as an HTTP archive.
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const archive = readAsHar(await context.viewer(), request.headers.get("Cookie"), params.recordId);
  return download("verso-back.har", "application/json; charset=utf-8", archive);
}
