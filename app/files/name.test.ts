import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { disposition, nameApart, safeName } from "./name.server";

test.each([
  ["plan.pdf", "plan.pdf"],
  ["", "file"],
  ["..", "file"],
  [".env", "env"],
  ["a/b\\c", "a_b_c"],
  ["a\0b\r\nc.txt", "abc.txt"],
  ["photo\u202egpj.exe", "photogpj.exe"],
  ["nul", "_nul"],
  ["COM1.tar.gz", "_COM1.tar.gz"],
  ["com¹", "_com¹"],
  ["e\u0301te\u0301.txt", "été.txt"],
  ["half \ud800 of one", "half \ufffd of one"],
  ["trailing. . ", "trailing"],
  ["👩‍🌾.png", "👩‍🌾.png"],
])("%j is kept as %j", (sent, kept) => {
  expect(safeName(sent)).toBe(kept);
});

test("any name becomes one that is safe everywhere, and stays it", () => {
  assert(
    property(string({ unit: "binary", maxLength: 400 }), (sent) => {
      const name = safeName(sent);
      expect(safeName(name)).toBe(name);
      expect(name).not.toBe("");
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(203);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(name).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|^\.|[. ]$/);
      expect(name.isWellFormed()).toBe(true);
    }),
  );
});

test("any name can be told in a header, and is read from it as it was", () => {
  assert(
    property(string({ unit: "grapheme", maxLength: 200 }), (sent) => {
      const name = safeName(sent);
      const header = disposition("attachment", name);
      expect(header).toMatch(
        /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w.~!#$&+^`|%-]+$/,
      );
      expect(decodeURIComponent(header.slice(header.indexOf("''") + 2))).toBe(name);
    }),
  );
});

test("a name that is taken gets a number before its ending", () => {
  const taken = new Set(["a.tar.gz", "a.tar (2).gz"]);
  expect(nameApart("a.tar.gz", (name) => taken.has(name))).toBe("a.tar (3).gz");
  expect(nameApart("free", (name) => taken.has(name))).toBe("free");
});
