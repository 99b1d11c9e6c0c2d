/** Longest name that is kept, in bytes of UTF-8: file systems take 255, and `(2)` may come behind it. */
const LONGEST = 200;
/** Characters that are looked at, the beginning and the end: a sender may write a name as long as a page. */
const MOST_READ = 1_000;
/** Of those, for the ending with its dot. */
const LONGEST_ENDING = 20;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** What means something to a shell, to Windows or in an address. */
const SIGNS = /[/\\:*?"<>|]/g;
/** Names that are devices on Windows, with whatever ending. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])(\.|$)/i;

/**
 * The name that a file is kept under: as it was sent, without what could lead to another folder, hide
 * what it ends with, or not be written on some system. At most 200 bytes, the ending kept.
 */
export function safeName(sent: string): string {
  const short = sent.length > MOST_READ ? sent.slice(0, MOST_READ / 2) + sent.slice(-MOST_READ / 2) : sent;
  const plain = short
    .toWellFormed()
    .normalize("NFC")
    .replace(UNSEEN, "")
    .replace(SIGNS, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const name = plain === "" ? "file" : plain;
  return shortened(DEVICE.test(name) ? `_${name}` : name);
}

function shortened(name: string) {
  const [stem, ending] = divided(name);
  return cut(stem, LONGEST - Buffer.byteLength(ending)).trimEnd() + ending;
}

/** A name and its ending, with the dot; none where it is as long as a name. */
function divided(name: string): [stem: string, ending: string] {
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 ? name.slice(dot) : "";
  return Buffer.byteLength(ending) > LONGEST_ENDING ? [name, ""] : [name.slice(0, name.length - ending.length), ending];
}

/** The beginning that fits in so many bytes, of whole characters. */
function cut(text: string, most: number) {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** The name, or the first of `name (2)`, `name (3)`, … that `isTaken` says no to; `from` is where counting begins. */
export function nameApart(name: string, isTaken: (name: string) => boolean, from = 2): string {
  const [stem, ending] = divided(name);
  let apart = name;
  for (let count = from; isTaken(apart); count += 1) apart = `${stem} (${count})${ending}`;
  return apart;
}

/**
 * Content-Disposition with the name in both ways: plain for the few clients that know no other, and
 * whole. RFC 6266, 4; RFC 8187, 3.2.
 */
export function disposition(kind: "inline" | "attachment", name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, "_").replace(/["\\%]/g, "_");
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encodedName(name)}`;
}

/** A name with all of its signs percent-encoded that mean something in a header or a Markdown link. */
export function encodedName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
