import type { Viewer } from "~/accounts/viewer.server";
import { rendered } from "./markdown/rendered.server";
import type { Previewed } from "./preview";

/** What was typed, laid out as its note would be, and the form as it was. Nothing is saved. */
export async function previewOf(
  viewer: Viewer,
  { value, typed }: { value: { content: string }; typed: Record<string, string> },
): Promise<Previewed> {
  return { typed, preview: await rendered(viewer, value.content) };
}
