import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { Places } from "~/notes/places";
import { readSidebar } from "~/notes/sidebar.server";

// GET /places shows notebooks, tags and the other places, where there is no room for them beside the page.
export const meta: MetaFunction = () => [{ title: "Places – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return { sidebar: await readSidebar(viewer) };
}

export default function PlacesPage() {
  const { sidebar } = useLoaderData<typeof loader>();
  return (
    <div className="places-page">
      <h1>Places</h1>
      <Places sidebar={sidebar} />
    </div>
  );
}
