import { notFound } from "~/http/responses.server";

// Whatever has no route of its own: not found, with the way back.
export function loader() {
  throw notFound();
}

export function action() {
  throw notFound();
}

export default function Nothing() {
  return null;
}
