import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { KeepPage } from "~/verso/keep-page";
import { readHoldings } from "~/verso/kept.server";

// GET /back/:recordId/keep shows what a file of one of your own records would hold.
export { backLinks as links } from "~/verso/links";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? "Keep it as a file – Verso" : "Not found – Verso" },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return readHoldings(await context.viewer(), request.headers.get("Cookie"), params.recordId);
}

export default function Keep() {
  return <KeepPage {...useLoaderData<typeof loader>()} />;
}
