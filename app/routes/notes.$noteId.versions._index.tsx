import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { parseQuery } from "~/http/forms.server";
import { CompareVersionsForm } from "~/notes/compare-versions-form";
import { noteId } from "~/notes/note.server";
import { NextPage, NoneOlder } from "~/notes/note-list";
import { NoVersions, VersionList } from "~/notes/version-list";
import { listVersions, VersionFilter } from "~/notes/versions.server";

// GET /notes/:noteId/versions shows a page of the texts that a note had, or that a conflict kept out of it.
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Earlier versions of ${data?.note.heading || "Untitled"} – Verso` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  const query = parseQuery(request, VersionFilter);
  const list = await listVersions(viewer, id, query.invalid ? {} : query.value);
  if (query.invalid) return json({ ...list, ...NOTHING, older: false, message: query.message }, 422);
  return json({ ...list, older: query.value.after !== undefined, message: null });
}

const NOTHING: Pick<Awaited<ReturnType<typeof listVersions>>, "versions" | "next"> = { versions: [], next: null };

export default function Versions() {
  const { note, versions, next, older, message } = useLoaderData<typeof loader>();
  const list = `/notes/${note.id}/versions`;
  return (
    <>
      <h1>Earlier versions</h1>
      <p className="facts">
        of{" "}
        <a href={`/notes/${note.id}`}>
          <bdi>{note.heading || "Untitled"}</bdi>
        </a>
      </p>
      {message && (
        <p className="notice" role="alert">
          {message}
        </p>
      )}
      <CompareVersionsForm note={note.id} choices={[{ id: "now", saved: 0 }, ...versions]} />
      <VersionList note={note.id} versions={versions} />
      {versions.length === 0 && !message && (older ? <NoneOlder list={list} what="versions" /> : <NoVersions />)}
      {next && <NextPage list={list} cursor={next} what="versions" />}
    </>
  );
}
