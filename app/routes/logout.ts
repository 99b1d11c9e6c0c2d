import type { ActionFunctionArgs } from "@remix-run/node";
import { endSession } from "~/accounts/sessions.server";
import { notFound, seeOther } from "~/http/responses.server";

// POST /logout ends this login and has the browser forget what it kept of it.
export function loader() {
  throw notFound();
}

export async function action({ request }: ActionFunctionArgs) {
  const headers = { "Set-Cookie": await endSession(request), "Clear-Site-Data": '"cache", "storage"' };
  return seeOther("/login", headers);
}
