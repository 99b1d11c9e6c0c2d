import { assert, property, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { isShown, typeOf } from "./type.server";

test.each([
  ["\x89PNG\r\n\x1a\n....", "image/png"],
  ["\xff\xd8\xff\xe0", "image/jpeg"],
  ["GIF89a", "image/gif"],
  ["RIFF....WEBPVP8 ", "image/webp"],
  ["RIFF....WAVEfmt ", "audio/wav"],
  ["RIFF....AVI ", "application/octet-stream"],
  ["\0\0\0\x1cftypavif\0\0\0\0avifmif1", "image/avif"],
  ["\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"],
  ["\0\0\0\x18ftypisom\0\0\0\0iso2avc1", "video/mp4"],
  ["\0\0\0\x14ftypqt  \0\0\0\0qt  ", "application/octet-stream"],
  ["\x1aE\xdf\xa3", "video/webm"],
  ["ID3\x04", "audio/mpeg"],
  ["\xff\xfb\x90\x64", "audio/mpeg"],
  ["%PDF-1.7", "application/pdf"],
  ["<svg xmlns=", "application/octet-stream"],
  ["<!doctype html>", "application/octet-stream"],
  [" %PDF-", "application/octet-stream"],
  ["", "application/octet-stream"],
])("%j is %s", (head, type) => {
  expect(typeOf(Buffer.from(head, "latin1"))).toBe(type);
});

test("nothing that is shown by a browser can hold script, whatever the bytes", () => {
  assert(
    property(uint8Array({ maxLength: 64 }), (bytes) => {
      const type = typeOf(Buffer.from(bytes));
      expect(type).toMatch(
        /^(image\/(png|jpeg|gif|webp|avif|heic)|(audio|video)\/\w+|application\/(pdf|octet-stream))$/,
      );
      if (isShown(type)) expect(type).not.toMatch(/svg|xml|html|pdf/);
    }),
  );
});
