import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { parseQuery } from "~/http/forms.server";
import { notFound } from "~/http/responses.server";
import { CompareVersionsForm } from "~/notes/compare-versions-form";
import { noteId } from "~/notes/note.server";
import { ComparedVersions, compareVersions } from "~/notes/versions.server";
import { SidesLink, WordDifference } from "~/notes/word-difference";

// GET /notes/:noteId/versions/compare?from=…&to=… shows what differs between any two texts of a note.
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Two versions of ${data?.note.heading || "Untitled"} – Verso` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  const query = parseQuery(request, ComparedVersions);
  if (query.invalid) throw notFound();
  return { ...(await compareVersions(viewer, id, query.value)), sides: query.value.as === "sides" };
}

export default function CompareVersions() {
  const { note, from, to, stretches, choices, sides } = useLoaderData<typeof loader>();
  return (
    <article className="version wide">
      <header>
        <h1>Two versions</h1>
        <p className="facts">
          of{" "}
          <a href={`/notes/${note.id}`}>
            <bdi>{note.heading || "Untitled"}</bdi>
          </a>{" "}
          · <a href={`/notes/${note.id}/versions`}>all earlier versions</a>
        </p>
      </header>
      <CompareVersionsForm note={note.id} choices={choices} from={from.id} to={to.id} sides={sides} />
      <SidesLink sides={sides} path={`/notes/${note.id}/versions/compare?from=${from.id}&to=${to.id}`} />
      <WordDifference from={from} to={to} stretches={stretches} sides={sides} />
    </article>
  );
}
