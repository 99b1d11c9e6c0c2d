import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PlanPage } from "~/verso/plan-page";
import { readPlan } from "~/verso/plans.server";

// GET /back/:recordId/plan/:place shows how the database found the rows of one of your statements.
export { backLinks as links } from "~/verso/links";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? "How the rows were found – Verso" : "Not found – Verso" },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return readPlan(await context.viewer(), request.headers.get("Cookie"), params.recordId, params.place);
}

export default function Plan() {
  return <PlanPage {...useLoaderData<typeof loader>()} />;
}
