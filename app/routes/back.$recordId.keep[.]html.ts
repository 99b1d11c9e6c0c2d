import type { LoaderFunctionArgs } from "@remix-run/node";
import { download } from "~/http/responses.server";
import { readAsHtml } from "~/verso/kept.server";

// GET /back/:recordId/keep.html is one of your own records as a page in a file.
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const page = readAsHtml(await context.viewer(), request.headers.get("Cookie"), params.recordId);
  return download("verso-back.html", "text/html; charset=utf-8", page);
}
