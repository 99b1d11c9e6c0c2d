import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { TagCloud } from "~/notes/tag-forms";
import { listTags } from "~/notes/tags.server";

// GET /tags shows all tags.
export const meta: MetaFunction = () => [{ title: "Tags – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return { tags: await listTags(viewer) };
}

export default function Tags() {
  const { tags } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>Tags</h1>
      <TagCloud tags={tags} />
    </>
  );
}
