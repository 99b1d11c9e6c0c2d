import { json, redirect } from "@remix-run/node";
import type { Refusal } from "./refusal";

/** 303 See Other: the browser goes on with a GET. RFC 9110, 15.4.4. */
export function seeOther(path: string, headers?: HeadersInit) {
  return redirect(path, { status: 303, headers });
}

/** 422 Unprocessable Content: every message, and what was typed. RFC 9110, 15.5.21. */
export function unprocessable(refusal: Refusal) {
  return json(refusal, 422);
}

/** 413 Content Too Large, with the text. RFC 9110, 15.5.14. */
export function tooLarge(refusal: Refusal) {
  return json(refusal, 413);
}

/** 401 Unauthorized: we don't know who asks. RFC 9110, 15.5.2. */
export function unauthorized(refusal: Refusal) {
  return json(refusal, 401);
}

/** 409 Conflict: somebody saved first. RFC 9110, 15.5.10. */
export function conflict<T extends Refusal>(refusal: T) {
  return json(refusal, 409);
}

/** 429 Too Many Requests, and when to try again. RFC 6585, 4. */
export function tooMany(refusal: Refusal, seconds: number) {
  return json(refusal, { status: 429, headers: { "Retry-After": String(seconds) } });
}

/** 503 Service Unavailable: nothing wrong with the request; later it may work. RFC 9110, 15.6.4. */
export function unavailable(refusal: Refusal, seconds: number) {
  return json(refusal, { status: 503, headers: { "Retry-After": String(seconds) } });
}

/** 404 Not Found: it isn't there, or not for this person. To be thrown. RFC 9110, 15.5.5. */
export function notFound() {
  return json({ message: "There is nothing here, or nothing that you may see." }, 404);
}

/** 405 Method Not Allowed, and what is. RFC 9110, 15.5.6. */
export function methodNotAllowed(allow: string) {
  return json({ message: "This address doesn't do that." }, { status: 405, headers: { Allow: allow } });
}

/** Problem details for programs. RFC 9457. */
export function problem(status: number, title: string, more: Record<string, unknown> = {}, headers?: HeadersInit) {
  const answer = json({ title, status, ...more }, { status, headers });
  answer.headers.set("Content-Type", "application/problem+json; charset=utf-8");
  return answer;
}

/** A file to be kept and never to be shown here. RFC 6266; the name is one of ours, plain ASCII without quotes. */
export function download(name: string, type: string, body: string | ReadableStream) {
  return new Response(body, {
    headers: { "Content-Type": type, "Content-Disposition": `attachment; filename="${name}"` },
  });
}
