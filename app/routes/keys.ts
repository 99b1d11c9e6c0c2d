import type { ActionFunctionArgs } from "@remix-run/node";
import { ShortcutsChoice, setShortcuts } from "~/accounts/people.server";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import { notFound, seeOther } from "~/http/responses.server";

// POST /keys keeps whether single keys do something.
export function loader() {
  throw notFound();
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, ShortcutsChoice);
  if (!form.invalid) await setShortcuts(viewer, form.value.single === "on");
  return seeOther("/account?keys#keys");
}
