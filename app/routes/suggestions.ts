import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { parseQuery } from "~/http/forms.server";
import { SuggestionQuery, suggest } from "~/notes/suggestions.server";

// GET /suggestions tells as JSON what the viewer may mean by what they are typing.
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const query = parseQuery(request, SuggestionQuery);
  if (query.invalid) return json({ suggestions: [], message: query.message }, 422);
  return json({ suggestions: await suggest(viewer, query.value), message: null });
}
