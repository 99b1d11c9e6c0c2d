import type { ActionFunctionArgs } from "@remix-run/node";
import { endSession } from "~/accounts/sessions.server";
import { notFound, seeOther } from "~/http/responses.server";

// POST /logout ends this login and has the browser forget the pages that it kept. Drafts and notes that wait are
// dropped by the page's own script, after a question: those of others who write in this browser stay.
export function loader() {
  throw notFound();
}

export async function action({ request }: ActionFunctionArgs) {
  const headers = { "Set-Cookie": await endSession(request), "Clear-Site-Data": '"cache"' };
  return seeOther("/login", headers);
}
