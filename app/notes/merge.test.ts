import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { computed } from "../../tests/support/time";
import { asStored, withLf } from "./line-endings";
import { merge, settle } from "./merge.server";

const text = array(constantFrom("a", "b", "c", "", " d "), { maxLength: 12 }).map((lines) => lines.join("\n"));
const draft = (content: string) => ({ title: "", content });

test("what only one side changed is taken from that side", () => {
  const merged = merge(draft("1\n2\n3"), draft("1\n2\nthree"), draft("one\n2\n3"));
  expect(settle(merged)).toBe("one\n2\nthree");
  expect(merged.stretches.every(({ kind }) => kind === "settled")).toBe(true);
});

const words = array(array(constantFrom("oat", "milk", "and", "350", "g,", "東京", "rye"), { maxLength: 6 }), {
  maxLength: 4,
}).map((lines) => lines.map((line) => line.join(" ")).join("\n"));
const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

test("different words of one line are joined; the same words are a difference, marked by word", () => {
  const merged = merge(
    draft("Buy milk and 350 g flour"),
    draft("Buy oat milk and 350 g flour"),
    draft("Buy milk and 400 g flour"),
  );
  expect(settle(merged)).toBe("Buy oat milk and 400 g flour");
  expect(merged.stretches).toHaveLength(1);
  const same = merge(
    draft("Buy milk and 350 g flour"),
    draft("Buy oat milk and 360 g flour"),
    draft("Buy milk and 400 g rye flour"),
  );
  expect(same.stretches).toMatchObject([
    {
      kind: "conflict",
      mine: ["Buy oat milk and 360 g rye flour"],
      theirs: ["Buy oat milk and 400 g rye flour"],
      words: {
        mine: [
          { text: "Buy oat milk and ", marked: false },
          { text: "360", marked: true },
          { text: " g rye flour\n", marked: false },
        ],
      },
    },
  ]);
});

test("a box that was ticked stays ticked, whatever else was written on its line", () => {
  const merged = merge(draft("- [ ] 350 g water"), draft("- [ ] 360 g water"), draft("- [x] 350 g water"));
  expect(settle(merged)).toBe("- [x] 360 g water");
});

test("where one side wrote a word and the other took away what stood behind it, no two words become one", () => {
  const { stretches } = merge(draft("\noat"), draft("oat\noat"), draft("oat milk"));
  expect(stretches).toMatchObject([{ kind: "conflict", mine: ["oat", "oat milk"], theirs: ["oat milk"] }]);
});

test("a line that one side took away or wrote anew differs as a whole", () => {
  for (const [mine, theirs] of [
    ["", "Buy oat milk and bread"],
    ["Nobody knows what comes of it", "Buy oat milk and bread"],
  ] as const) {
    const { stretches } = merge(draft("a\nBuy milk and bread\nz"), draft(`a\n${mine}\nz`), draft(`a\n${theirs}\nz`));
    expect(stretches[1]).toEqual({ kind: "conflict", mine: [mine], theirs: [theirs] });
  }
});

test("D06 no word that either side wrote vanishes while nothing is chosen", () => {
  assert(
    property(words, words, words, (base, mine, theirs) => {
      const merged = merge(draft(base), draft(mine), draft(theirs));
      const kept = new Set(wordsIn(settle(merged)));
      for (const side of [mine, theirs])
        for (const word of wordsIn(side)) if (!wordsIn(base).includes(word)) expect(kept).toContain(word);
      // What nobody touched stays. Of a word that is there twice, each side may have taken another one away.
      const once = (word: string) => wordsIn(base).filter((other) => other === word).length === 1;
      for (const word of wordsIn(base).filter(once))
        if ([mine, theirs].every((side) => wordsIn(side).includes(word))) expect(kept).toContain(word);
    }),
    { numRuns: 500 },
  );
});

test("D06 whichever side is called mine: the same is joined, and the same differs", () => {
  assert(
    property(words, words, words, (base, mine, theirs) => {
      const one = merge(draft(base), draft(mine), draft(theirs)).stretches;
      const other = merge(draft(base), draft(theirs), draft(mine)).stretches;
      const turned = other.map((stretch) =>
        stretch.kind === "settled" ? stretch : { ...stretch, mine: stretch.theirs, theirs: stretch.mine, words: null },
      );
      expect(one.map((stretch) => (stretch.kind === "settled" ? stretch : { ...stretch, words: null }))).toEqual(
        turned,
      );
    }),
    { numRuns: 500 },
  );
});

test("D06 no line that either side wrote vanishes while nothing is chosen", () => {
  assert(
    property(text, text, text, (base, mine, theirs) => {
      const kept = settle(merge(draft(base), draft(mine), draft(theirs))).split("\n");
      const old = base.split("\n");
      for (const side of [mine, theirs])
        for (const line of side.split("\n")) if (!old.includes(line)) expect(kept).toContain(line);
    }),
  );
});

test("what the two sides changed in different places fits together", () => {
  assert(
    property(text, text, text, text, (head, tail, mine, theirs) => {
      const base = `${head}\n#\nmiddle\n#\n${tail}`;
      const merged = merge(
        draft(base),
        draft(`${mine}\n#\nmiddle\n#\n${tail}`),
        draft(`${head}\n#\nmiddle\n#\n${theirs}`),
      );
      expect(settle(merged)).toBe(`${mine}\n#\nmiddle\n#\n${theirs}`);
    }),
  );
});

test("neighbouring lines don't differ, the same line does", () => {
  const kinds = (mine: string, theirs: string) =>
    merge(draft("1\n2\n3"), draft(mine), draft(theirs)).stretches.map(({ kind }) => kind);
  expect(kinds("one\n2\n3", "1\ntwo\n3")).toEqual(["settled"]);
  expect(kinds("1\nzwei\n3", "1\ntwo\n3")).toEqual(["settled", "conflict", "settled"]);
  expect(kinds("1\n2\n3\nmy end", "1\n2\n3\ntheir end")).toEqual(["settled", "conflict"]);
});

test.each([
  ["equal lines", (end: string) => `${"x\n".repeat(20_000)}${end}`],
  [
    "blank lines between",
    (end: string) => `${Array.from({ length: 20_000 }, (_, line) => `${line}\n\n`).join("")}${end}`,
  ],
  ["a mebibyte of line breaks", (end: string) => `${end}${"\n".repeat(1_048_000)}${end}`],
  [
    "long lines of many words",
    (end: string) => Array.from({ length: 500 }, (_, line) => `${line} ${end} and `.repeat(200)).join("\n"),
  ],
  ["one line of a mebibyte", (end: string) => `${end} and `.repeat(80_000)],
  [
    "lines in another order",
    (end: string) => Array.from({ length: 50_000 }, (_, line) => (line * (end.length * 7919)) % 50_021).join("\n"),
  ],
])("S67 a conflict over %s is merged without keeping anybody waiting", (_what, make) => {
  const before = computed();
  merge(draft(make("base")), draft(make("mine!")), draft(make("theirs")));
  expect(computed() - before).toBeLessThan(2_000);
});

test("choosing one side everywhere gives that side where it was changed alone", () => {
  assert(
    property(text, text, (base, mine) => {
      expect(settle(merge(draft(base), draft(mine), draft(base)))).toBe(mine);
      expect(settle(merge(draft(base), draft(base), draft(mine)))).toBe(mine);
      expect(settle(merge(draft(base), draft(mine), draft(mine)))).toBe(mine);
    }),
  );
});

test("D11 a text that a browser sends back unchanged is stored as it was", () => {
  const odd = array(constantFrom("a", "\r", "\n", "\r\n", "\t", " ", "\ufeff"), { maxLength: 20 }).map((parts) =>
    parts.join(""),
  );
  assert(
    property(odd, (stored) => {
      const sent = withLf(stored).replaceAll("\n", "\r\n");
      expect(asStored(sent, stored)).toBe(stored);
    }),
  );
});
