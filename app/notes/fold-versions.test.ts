import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { expect, test } from "vitest";
import { foldBursts } from "./fold-versions";

const MINUTE = 60_000;
const at = (minutes: number, fate = "replaced") => ({ saved: minutes * MINUTE, fate });

test("of a burst the last and the first stay in sight", () => {
  const [now, a, b, c, early] = [at(60), at(58), at(55), at(51), at(20)] as const;
  expect(foldBursts([now, a, b, c, early])).toEqual([
    { kind: "one", item: now },
    { kind: "between", items: [a, b] },
    { kind: "one", item: c },
    { kind: "one", item: early },
  ]);
});

test("saves over more than ten minutes are more than one burst, and what was refused is never folded", () => {
  const kinds = (items: { saved: number; fate: string }[]) => foldBursts(items).map(({ kind }) => kind);
  expect(kinds([at(30), at(25), at(19), at(15)])).toEqual(["one", "one", "one", "one"]);
  expect(kinds([at(30), at(29), at(28, "refused"), at(27), at(26), at(25), at(24)])).toEqual([
    "one",
    "one",
    "one",
    "one",
    "between",
    "one",
  ]);
});

test("any list: nothing is left out, and all is in order", () => {
  const item = record({ gap: integer({ min: 0, max: 7 }), fate: constantFrom("replaced", "replaced", "refused") });
  assert(
    property(array(item, { maxLength: 30 }), (gaps) => {
      let minutes = 1_000;
      const items = gaps.map(({ gap, fate }, place) => {
        minutes -= gap;
        return { ...at(minutes, fate), place };
      });
      const all = foldBursts(items).flatMap((one) => (one.kind === "one" ? [one.item] : one.items));
      expect(all).toEqual(items);
    }),
  );
});
