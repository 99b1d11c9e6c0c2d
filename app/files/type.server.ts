/** What is served when nothing better is known, and for all that a browser might run. */
export const ANY_TYPE = "application/octet-stream";

/** What a browser may show by itself: nothing in it can run. All else is a download. */
const SHOWN = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "audio/mpeg",
  "audio/wav",
  "audio/ogg",
  "audio/flac",
  "video/mp4",
  "video/webm",
]);

export function isShown(type: string) {
  return SHOWN.has(type);
}

export function isPicture(type: string) {
  return type.startsWith("image/") && SHOWN.has(type);
}

/** Bytes of a file that {@link typeOf} has to see. */
export const HEAD_BYTES = 64;

/** By which bytes a type is known, and where they begin. */
const SIGNATURES: [type: string, at: number, bytes: string][] = [
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF87a"],
  ["image/gif", 0, "GIF89a"],
  ["application/pdf", 0, "%PDF-"],
  ["audio/flac", 0, "fLaC"],
  ["audio/ogg", 0, "OggS\0"],
  ["audio/mpeg", 0, "ID3"],
  ["video/webm", 0, "\x1aE\xdf\xa3"],
];

/**
 * What a file is, by its first bytes and nothing else; `application/octet-stream` for all that Verso
 * doesn't know. An allow-list: no text is among the types, so that nothing that was sent is ever HTML,
 * SVG or script.
 *
 * @see https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
 */
export function typeOf(head: Buffer): string {
  const known = SIGNATURES.find(([, at, bytes]) => textAt(head, at, bytes.length) === bytes);
  if (known) return known[0];
  if (textAt(head, 0, 4) === "RIFF") return RIFF[textAt(head, 8, 4)] ?? ANY_TYPE;
  if (textAt(head, 4, 4) === "ftyp") return boxType(head);
  // An MPEG audio frame without a tag before it: eleven bits set, layer three.
  const [first = 0, second = 0] = head;
  return first === 0xff && (second & 0xe6) === 0xe2 ? "audio/mpeg" : ANY_TYPE;
}

const RIFF: Record<string, string> = { WEBP: "image/webp", WAVE: "audio/wav" };

/** MP4 and its relatives name what they are in their first box, and what else they can be read as. */
function boxType(head: Buffer) {
  const size = Math.min(head.readUInt32BE(0), head.length);
  const brands = [textAt(head, 8, 4)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(textAt(head, at, 4));
  if (brands.some((brand) => brand === "avif" || brand === "avis")) return "image/avif";
  if (brands.some((brand) => /^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(brand))) return "image/heic";
  return brands.some((brand) => /^(mp4[12]|iso[m2-9]|avc1|M4[AV] |dash)$/.test(brand)) ? "video/mp4" : ANY_TYPE;
}

function textAt(head: Buffer, at: number, length: number) {
  return head.toString("latin1", at, at + length);
}
