import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BackPage } from "~/verso/back-page";
import { turnOver } from "~/verso/records.server";

// GET /back/:recordId shows what the server did for one of your own requests.
export { backLinks as links } from "~/verso/links";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Back of ${data.record.request.path} – Verso` : "Not found – Verso" },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return turnOver(await context.viewer(), request.headers.get("Cookie"), params.recordId);
}

export default function Back() {
  return <BackPage {...useLoaderData<typeof loader>()} />;
}
