import { splitFrontMatter } from "./parse.server";
import { foldName, type WrittenTag } from "./tag";

/**
 * A text with a tag renamed, and all below it: `#old/part` becomes `#new/part`. Nothing else changes.
 *
 * @param places where tags stand in the text behind its front matter.
 */
export function retag(text: string, places: WrittenTag[], from: string, to: string): string {
  const start = text.length - splitFrontMatter(text).body.length;
  let done = retagFrontMatter(text.slice(0, start), from, to);
  let end = start;
  for (const { name, at } of places) {
    const head = headOf(name, from);
    if (head === null) continue;
    done += `${text.slice(end, at)}#${to}`;
    end = at + 1 + head.length;
  }
  return done + text.slice(end);
}

/** The part of a tag's name that is to be renamed, as it is written; null where it is another tag. */
function headOf(name: string, from: string) {
  const head = name.split("/").slice(0, from.split("/").length).join("/");
  return foldName(head) === foldName(from) ? head : null;
}

/** From `tags:` to the next field: the names in a row, in brackets, or one below the other. */
const TAGS = /^tags?[ \t]*:.*(?:\r?\n(?:[ \t]+.*|-.*|(?=\r?\n)))*/im;

function retagFrontMatter(head: string, from: string, to: string) {
  return head.replace(TAGS, (field) => {
    const [label = ""] = /^[^:]*:/.exec(field) ?? [];
    const names = field.slice(label.length).replace(/[^\s,[\]"'#]+/g, (name) => {
      const old = headOf(name, from);
      return old === null ? name : to + name.slice(old.length);
    });
    return label + names;
  });
}
