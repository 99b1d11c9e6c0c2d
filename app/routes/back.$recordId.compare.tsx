import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { parseQuery } from "~/http/forms.server";
import { ComparePage } from "~/verso/compare-page";
import { CompareFilter, readComparison } from "~/verso/comparisons.server";

// GET /back/:recordId/compare?with=:recordId shows what differs between two of your own requests.
export { backLinks as links } from "~/verso/links";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? "What differs – Verso" : "Not found – Verso" },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  const cookies = request.headers.get("Cookie");
  const query = parseQuery(request, CompareFilter);
  if (query.invalid) return json({ ...readComparison(viewer, cookies, params.recordId), message: query.message }, 422);
  return json({ ...readComparison(viewer, cookies, params.recordId, query.value.with), message: null });
}

export default function Compare() {
  return <ComparePage {...useLoaderData<typeof loader>()} />;
}
