import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { NamedQuery } from "~/files/file.server";
import { findNamed } from "~/files/mentions.server";
import { parseQuery } from "~/http/forms.server";
import { notFound, seeOther } from "~/http/responses.server";

// GET /files/named?name= leads to the file that a text means by this name; the note that shows it
// is the page that the browser comes from, where it tells.
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const query = parseQuery(request, NamedQuery);
  const id = query.invalid ? null : await findNamed(viewer, query.value.name, noteShowing(request));
  if (!id) throw notFound();
  return seeOther(`/files/${id}`);
}

function noteShowing({ headers }: Request) {
  return /\/notes\/([\da-f-]{36})(?:[/?#]|$)/.exec(headers.get("Referer") ?? "")?.[1] ?? null;
}
