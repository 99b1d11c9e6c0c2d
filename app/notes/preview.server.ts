import type { Viewer } from "~/accounts/viewer.server";
import { rendered } from "./markdown/rendered.server";
import type { Previewed } from "./preview";

/** What was typed, laid out as its note would be, and the form as it was. Nothing is saved. */
export async function previewOf(
  viewer: Viewer,
  { value, typed }: { value: { content: string }; typed: Record<string, string> },
): Promise<Previewed> {
  const { html, formatted } = await rendered(viewer, value.content);
  // Only its code makes a button: a writer's `<` is `&#x3C;` there. A box of what isn't saved can't be ticked.
  return { typed, preview: { html: html.replaceAll("<button ", "<button disabled "), formatted } };
}
