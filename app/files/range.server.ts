/** Which bytes of a file are asked for; `to` is the last of them. */
export type Span = { kind: "whole" } | { kind: "part"; from: number; to: number } | { kind: "none" };

/**
 * Reads a Range header. What isn't one range of bytes is passed over, as a server may: then the whole
 * file is the answer. `none` where the file has no such bytes: that is a 416.
 *
 * @see RFC 9110, 14.1.2 and 14.2
 */
export function readRange(header: string | null, size: number): Span {
  const [, first = "", last = ""] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? "") ?? [];
  if (first === "" && last === "") return { kind: "whole" };
  if (first === "") {
    const length = Math.min(Number(last), size);
    if (Number(last) === 0) return { kind: "none" };
    // Of nothing the last bytes are all there is.
    return length === 0 ? { kind: "whole" } : { kind: "part", from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  // From behind to before is no range at all.
  if (last !== "" && Number(last) < from) return { kind: "whole" };
  return from >= size ? { kind: "none" } : { kind: "part", from, to };
}
