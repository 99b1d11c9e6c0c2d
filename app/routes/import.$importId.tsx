import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { ImportProgress, ImportReport } from "~/transfer/import-page";
import { readImport } from "~/transfer/imports.server";

// GET /import/:importId shows how far an import is, and at the end what became of each file.
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Import of ${data?.source ?? "notes"} – Verso` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return readImport(viewer, params.importId);
}

export default function ImportPage() {
  const report = useLoaderData<typeof loader>();
  return (
    <article className="narrow">
      <h1>
        Import of <bdi>{report.source}</bdi>
      </h1>
      {report.state === "running" ? (
        <ImportProgress done={report.done} total={report.total} />
      ) : (
        <ImportReport report={report} />
      )}
    </article>
  );
}
