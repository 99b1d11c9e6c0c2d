import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Overview } from "~/learn/overview";
import { runsOf } from "~/learn/progress.server";

// GET /learn is a map of what there is to understand about a back end.
export const handle = { book: true };

export { learnLinks as links } from "~/learn/links";

export const meta: MetaFunction = () => [{ title: "Learn – Verso" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  return { signedIn: viewer !== null, done: await runsOf(viewer) };
}

export default function Learn() {
  return <Overview {...useLoaderData<typeof loader>()} />;
}
