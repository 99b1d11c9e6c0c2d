import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { SearchHelp } from "~/notes/search-help";

// GET /search shows how to search.
export const meta: MetaFunction = () => [{ title: "How to search – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(request, context);
  return null;
}

export default function Search() {
  return (
    <>
      <h1>How to search</h1>
      <SearchHelp />
    </>
  );
}
