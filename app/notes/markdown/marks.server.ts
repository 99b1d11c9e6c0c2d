import type { Element, ElementContent, Root, RootContent, Text } from "hast";
import { wordPattern } from "../excerpt.server";
import type { WordsTerm } from "../search.server";

/** Places that are marked in one text. */
const MOST = 200;

/** Elements that stand within a line: words go on through them. */
const INLINE = new Set(["a", "code", "del", "em", "strong"]);

/**
 * Marks words in a text that is laid out: in what is to be read only, never in a tag or an attribute.
 * The places are `mark-1`, `mark-2` and so on; one that goes over several elements is marked in each.
 */
export function markWords(root: Root, words: WordsTerm[]) {
  if (words.length === 0) return;
  const pattern = wordPattern(words);
  const divided = new Map<Text, ElementContent[]>();
  let count = 0;
  for (const run of runsOf(root)) {
    if (count >= MOST) break;
    count = markRun(run, pattern, divided, count);
  }
  if (divided.size > 0) replace(root, divided);
}

/** Texts that follow each other in one line or paragraph. */
function runsOf(root: Root): Text[][] {
  const runs: Text[][] = [[]];
  const visit = (node: RootContent | ElementContent) => {
    if (node.type === "text") runs.at(-1)?.push(node);
    if (node.type !== "element") return;
    const apart = !INLINE.has(node.tagName);
    if (apart) runs.push([]);
    node.children.forEach(visit);
    if (apart) runs.push([]);
  };
  root.children.forEach(visit);
  return runs.filter((run) => run.length > 0);
}

function markRun(run: Text[], pattern: RegExp, divided: Map<Text, ElementContent[]>, before: number) {
  // Decomposed, as the pattern needs it: letters and their accents apart.
  const texts = run.map(({ value }) => value.normalize("NFD"));
  let count = before;
  const matches = [];
  for (const { 0: found, index } of texts.join("").toLowerCase().replaceAll("ς", "σ").matchAll(pattern)) {
    if (count >= MOST) break;
    count += 1;
    matches.push({ from: index, to: index + found.length, id: `mark-${count}` });
  }
  let start = 0;
  let first = 0;
  for (const [place, text] of texts.entries()) {
    const end = start + text.length;
    const pieces: ElementContent[] = [];
    let done = start;
    for (let each = first; each < matches.length; each += 1) {
      const { from = 0, to = 0, id } = matches[each] ?? {};
      if (from >= end) break;
      const [head, tail] = [Math.max(from, start), Math.min(to, end)];
      if (head > done) pieces.push(plain(text.slice(done - start, head - start)));
      if (tail > head) pieces.push(mark(text.slice(head - start, tail - start), from >= start ? id : undefined));
      done = Math.max(done, tail);
      // One that goes on is looked at again in the next text.
      if (to <= end) first = each + 1;
    }
    const node = run[place];
    if (node && pieces.length > 0) {
      if (done < end) pieces.push(plain(text.slice(done - start)));
      divided.set(node, pieces);
    }
    start = end;
  }
  return count;
}

function plain(decomposed: string): Text {
  return { type: "text", value: decomposed.normalize("NFC") };
}

function mark(decomposed: string, id?: string): Element {
  return { type: "element", tagName: "mark", properties: id ? { id } : {}, children: [plain(decomposed)] };
}

function replace(node: Root | Element, divided: Map<Text, ElementContent[]>) {
  node.children = (node.children as ElementContent[]).flatMap((child) => {
    if (child.type === "text") return divided.get(child) ?? [child];
    if (child.type === "element") replace(child, divided);
    return [child];
  });
}

/** How many places are marked in a text that is laid out: a writer's `<` is `&#x3C;` there. */
export function countMarks(html: string): number {
  return html.match(/<mark id="mark-/g)?.length ?? 0;
}
