import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { findNamed } from "~/files/mentions.server";
import { isFilePath } from "~/files/paths";
import { parseQuery } from "~/http/forms.server";
import { seeOther } from "~/http/responses.server";
import { LinkedNotes, NotYetWritten } from "~/notes/link-page";
import { findLinked, LinkQuery, NO_NOTES } from "~/notes/links.server";

// GET /link?to=Title goes to the note that [[Title]] means, or to a file of that name; where that is none or several, it says so.
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title || "Link"} – Verso` }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const query = parseQuery(request, LinkQuery);
  if (query.invalid) return json({ title: "", notes: NO_NOTES, message: query.message }, 422);
  const { path, ...found } = await findLinked(viewer, query.value.to);
  if (path) throw seeOther(path);
  const { title, notes } = found;
  const file = notes.length === 0 && isFilePath(title) ? await findNamed(viewer, title, null) : null;
  if (file) throw seeOther(`/files/${file}`);
  return json({ ...found, message: null });
}

export default function Link() {
  const { title, notes, message } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>
        <bdi>{title || "Link"}</bdi>
      </h1>
      {message && <p role="alert">{message}</p>}
      {notes.length > 0 ? <LinkedNotes notes={notes} /> : <NotYetWritten title={title} />}
    </>
  );
}
