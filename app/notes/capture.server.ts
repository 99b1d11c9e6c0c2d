import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { settings } from "~/settings.server";
import { withLf } from "./line-endings";
import { NewNote, noteId } from "./note.server";
import { fillTemplate } from "./templates.server";

/** What an address hands over for a new note. It only fills a form: nothing is refused, and nothing of it left out. */
const words = z
  .string()
  .default("")
  .transform((text) => text.replaceAll("\0", "").toWellFormed().trim());

const Handed = z.object({
  title: words.transform((text) => text.replace(/\s+/g, " ")),
  text: words,
  url: words.transform((text) => text.replace(/\s+/g, "")),
  notebook: z.uuid().optional().catch(undefined),
  template: z.string().optional(),
});

/** The longest title; what is handed over as a longer one begins the text. */
const LONGEST_TITLE = 300;

/**
 * The form for a new note as an address fills it: `/notes/new?title=&text=&url=&template=`.
 *
 * @throws Response 404 when the viewer has no such template.
 */
export async function captured(viewer: Viewer, address: string) {
  const { title, text, url, notebook, template } = Handed.parse(Object.fromEntries(new URL(address).searchParams));
  const begun = template ? withLf(await fillTemplate(viewer, noteId(template), title)) : "";
  return { ...asNote({ title, text, url }, begun), notebook };
}

interface HandedOver {
  title: string;
  text: string;
  url: string;
  /** Files, as Markdown. */
  attached?: string;
}

function asNote({ title, text, url, attached = "" }: HandedOver, begun = "") {
  const fits = title.length <= LONGEST_TITLE;
  const content = [begun, fits ? "" : title, text, url, attached].filter(Boolean).join("\n\n");
  return { title: fits ? title : "", content };
}

/**
 * What another app hands over to be a note.
 *
 * @see https://www.w3.org/TR/web-share-target/
 */
export const Shared = Handed.pick({ title: true, text: true, url: true })
  .extend({ attached: words })
  .transform((handed): z.input<typeof NewNote> => asNote(handed))
  .pipe(NewNote);

/** The same for the form, where it can't be a note yet. */
export function sharedText(typed: Record<string, string>) {
  return asNote({ ...Handed.parse(typed), attached: typed.attached });
}

/**
 * A bookmark that opens the form with the page one is on: its title, what is chosen on it, its
 * address. `address` is that of the request, for whoever comes by another name of this machine.
 */
export function bookmarklet(address: string): string {
  const { origins } = settings();
  const { host } = new URL(address);
  const origin = origins.find((own) => new URL(own).host === host) ?? origins[0];
  const form = JSON.stringify(`${origin}/notes/new?`);
  const page = "title:document.title.slice(0,300),text:String(getSelection()).slice(0,1000),url:location.href";
  return `javascript:${encodeURIComponent(`void open(${form}+new URLSearchParams({${page}}))`)}`;
}
