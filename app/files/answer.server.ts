import { streamed } from "~/http/streamed.server";
import { disposition } from "./name.server";
import { readRange } from "./range.server";
import { ANY_TYPE, isShown } from "./type.server";

/**
 * A year: what stands at the address of a file never changes. Every answer varies by cookie, so that
 * what one login left in the browser is not there for the next. No proxy may change a byte.
 */
const FOR_EVER = "private, max-age=31536000, immutable, no-transform";
/** Whatever a file is, nothing in it runs, and nothing is loaded for it: the viewer may show it, and that is all. */
const POLICY =
  "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

interface Sent {
  name: string;
  type: string;
  bytes: number;
  /** Strong: other bytes have another. */
  etag: string;
  /** The bytes from `from` to `to`. */
  read: (from: number, to: number) => AsyncGenerator<Uint8Array>;
}

/**
 * The answer with a file: whole, the range that was asked for (206), that it is the one the browser
 * has (304), or that it has no such bytes (416). Streamed, no faster than the network takes it.
 *
 * @see RFC 9110, 13 and 14
 */
export function answerFile(
  request: Request,
  { flushed }: { flushed: () => boolean | Promise<boolean> },
  { name, type, bytes, etag, read }: Sent,
): Response {
  const shown = isShown(type);
  const headers = new Headers({
    "Accept-Ranges": "bytes",
    "Cache-Control": FOR_EVER,
    "Content-Security-Policy": POLICY,
    ETag: etag,
  });
  if (isKnown(request, etag)) return new Response(null, { status: 304, headers });
  const span = readRange(rangeOf(request, etag), bytes);
  if (span.kind === "none") {
    headers.set("Content-Range", `bytes */${bytes}`);
    headers.set("Content-Length", "0");
    headers.set("Cache-Control", "private, no-store");
    return new Response(null, { status: 416, headers });
  }
  const { from, to } = span.kind === "part" ? span : { from: 0, to: bytes - 1 };
  headers.set("Content-Type", shown || type === "application/pdf" ? type : ANY_TYPE);
  headers.set("Content-Disposition", disposition(shown ? "inline" : "attachment", name));
  headers.set("Content-Length", String(to - from + 1));
  if (span.kind === "part") headers.set("Content-Range", `bytes ${from}-${to}/${bytes}`);
  const body = request.method === "HEAD" || to < from ? null : streamed(read(from, to), flushed);
  return new Response(body, { status: span.kind === "part" ? 206 : 200, headers });
}

/** Whether the browser has it already. Compared weakly: RFC 9110, 13.1.2. */
function isKnown({ headers }: Request, etag: string) {
  const asked = (headers.get("If-None-Match") ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return asked.includes(etag) || asked.includes("*");
}

/** The range that is asked for, unless it goes on from other bytes than these: RFC 9110, 13.1.5. */
function rangeOf({ method, headers }: Request, etag: string) {
  const condition = headers.get("If-Range");
  if (method !== "GET" || (condition !== null && condition.trim() !== etag)) return null;
  return headers.get("Range");
}
