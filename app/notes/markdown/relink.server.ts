import type { WrittenLink } from "./reading.server";
import { foldName } from "./tag";
import { linkName, titleOfPath } from "./wikilink";

/**
 * A text whose links to one title go to another. Nothing else changes: not what a link shows, nor the
 * heading it names.
 *
 * @param places where links stand in the text.
 */
export function relink(text: string, places: WrittenLink[], from: string, to: string): string {
  let done = "";
  let end = 0;
  for (const { kind, target, at } of places) {
    const title = kind === "path" ? titleOfPath(target) : target;
    if (linkName(title) !== linkName(from)) continue;
    // Quotes would end the property, which stands in quotes itself.
    if (kind === "property" && /["'\\]/.test(to)) continue;
    const now = retitled(title, from, to);
    done += text.slice(end, at) + (kind === "path" ? asPath(now) : now);
    end = at + target.length;
  }
  return done + text.slice(end);
}

/** Folders before the title stay, unless they are part of the title, and so do spaces around it. */
function retitled(target: string, from: string, to: string) {
  const title = target.trim();
  const whole = foldName(title.replace(/\.md$/i, "")) === foldName(from.trim());
  const folders = whole ? "" : title.slice(0, title.lastIndexOf("/") + 1);
  const now = folders === "" ? to : folders + to.slice(to.lastIndexOf("/") + 1);
  const at = target.indexOf(title);
  return target.slice(0, at) + now + target.slice(at + title.length);
}

/** Nothing in it ends the path of a Markdown link, or makes it an address. */
function asPath(title: string) {
  const hex = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return `${encodeURI(title.toWellFormed()).replace(/[()#?:]/g, hex)}.md`;
}
