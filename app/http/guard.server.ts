import type { IncomingMessage } from "node:http";
import type { Request, RequestHandler, Response } from "express";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type Settings, settings } from "~/settings.server";
import { RefusalPage } from "~/ui/refusal-page";
import { decodeFields, FORM_BYTES, isSecret } from "./forms.server";
import type { KeptForm } from "./refusal";
import { report } from "./reports.server";

/** The largest upload for an import. */
const IMPORT_BYTES = 256 * 1_048_576;
/** What a form is larger than its files. */
const FORM_AROUND = 1_048_576;
const URL_LENGTH = 40_000;
const PARAMETERS = 100;

interface Refused {
  status: number;
  title: string;
  text: string;
  headers?: Record<string, string>;
}

/** Stands in front of everything: what it lets through comes from a page of ours, in a size and a shape we take. */
export const guard: RequestHandler = (request, response, next) => {
  const started = performance.now();
  const refused = examine(request, settings());
  report({
    kind: "guard",
    started,
    refused: refused?.status ?? null,
    givesBack: refused !== null && hasWords(request),
  });
  if (refused) return void refuse(request, response, refused).catch(next);
  normalise(request, settings());
  if (request.method === "OPTIONS") return void response.status(204).setHeader("Allow", "GET, HEAD, POST").end();
  next();
};

function examine(request: Request, site: Settings): Refused | null {
  return (
    wrongMethod(request) ??
    wrongAddress(request) ??
    wrongHost(request, site) ??
    wrongOrigin(request, site) ??
    wrongBody(request)
  );
}

function wrongMethod({ method }: Request): Refused | null {
  if (["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"].includes(method)) return null;
  return {
    status: 405,
    title: "That can't be done here",
    text: "Verso doesn't know this method.",
    headers: { Allow: "GET, HEAD, POST" },
  };
}

function wrongAddress({ originalUrl }: Request): Refused | null {
  const [path = ""] = originalUrl.split("?", 1);
  const query = originalUrl.slice(path.length + 1);
  if (!path.startsWith("/"))
    return { status: 400, title: "This address is damaged", text: "It has to begin with a /." };
  if (originalUrl.length > URL_LENGTH || query.split("&").length > PARAMETERS) {
    return { status: 414, title: "This address is too long", text: "Shorten it, or search for fewer words." };
  }
  // A feature of Remix that is off; its handler had two denial-of-service advisories.
  if (path === "/__manifest") return { status: 404, title: "Not found", text: "There is nothing at this address." };
  try {
    decodeURIComponent(path);
    return null;
  } catch {
    return { status: 400, title: "This address is damaged", text: "A part of it can't be read." };
  }
}

function wrongHost(request: Request, site: Settings): Refused | null {
  if (site.originOf.has(request.headers.host ?? "")) return null;
  const named = request.headers.host ?? "an address that your browser didn't name";
  return {
    status: 421,
    title: "Verso doesn't know this address",
    text: site.originSet
      ? `You came by ${named}; Verso answers for ${site.origins[0]} only. If ${site.origins[0]} is the address in your browser, the proxy in front of it has to pass on the Host header; if not, whoever runs it can change ORIGIN.`
      : `You came by ${named}. Whoever runs Verso has to start it with ORIGIN set to the address in your browser: ORIGIN=http://${named} or ORIGIN=https://${named}.`,
  };
}

/**
 * Who may send something that changes things: a page of this origin, nobody else.
 * Sec-Fetch-Site where the browser sends it (it does on HTTPS and on localhost), else Origin.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
function wrongOrigin(request: Request, site: Settings): Refused | null {
  if (isSafe(request)) return null;
  const { origin, "sec-fetch-site": fetchSite } = request.headers;
  const ours = ownOrigin(request, site);
  const passes =
    fetchSite === undefined
      ? origin === ours
      : fetchSite === "same-origin" && (origin === undefined || origin === ours);
  if (passes || (request.path === "/share" && comesFromDevice(request))) return null;
  const title = "This form didn't come from Verso";
  if (fetchSite === "same-origin" && origin !== undefined) {
    return {
      status: 403,
      title,
      text: `Your browser says it is at ${origin}, and Verso believes to be at ${ours}. If ${origin} is right, whoever runs Verso has to start it with ORIGIN=${origin}. Nothing was changed.`,
    };
  }
  const from = origin && origin !== "null" ? ` It came from ${origin}.` : "";
  return {
    status: 403,
    title,
    text: `To keep other sites from acting in your name, Verso takes forms from its own pages only.${from} If you came by a proxy, whoever runs Verso has to set ORIGIN to the address in your browser. Nothing was changed.`,
  };
}

/** What another app hands over through the browser comes from no site; a page of another site can't say so. */
function comesFromDevice({ headers: { origin, "sec-fetch-site": fetchSite } }: Request) {
  return fetchSite === "none" && (origin === undefined || origin === "null");
}

function wrongBody(request: Request): Refused | null {
  if (isSafe(request)) return null;
  const length = request.headers["content-length"];
  if (request.headers["transfer-encoding"] !== undefined) {
    return { status: 411, title: "How long is it?", text: "Verso takes only what says its length first." };
  }
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  const api = request.path.startsWith("/api/");
  const accepted = api ? ["application/json"] : ["application/x-www-form-urlencoded", "multipart/form-data"];
  if (Number(length ?? 0) > 0 && !accepted.includes(type ?? "")) {
    return { status: 415, title: "Verso can't read this", text: `Send it as ${accepted.join(" or ")}.` };
  }
  const limit = mostBytes(request.path.replace(/\/+$/, ""));
  if (Number(length ?? 0) <= limit) return null;
  return {
    status: 413,
    title: "This is too much at once",
    text: `Verso takes ${Math.floor(limit / 1_048_576)} MiB at a time here. Nothing was saved. Go back in your browser: what you typed is still in the form.`,
  };
}

/** One file that is too large is refused by itself, and the others of its form are taken: so these may be more. */
function mostBytes(path: string) {
  if (path === "/import") return IMPORT_BYTES;
  return /^\/(files|share)$|^\/notes\/[^/]+\/files$/.test(path) ? settings().filesQuota + FORM_AROUND : FORM_BYTES;
}

function isSafe({ method }: Request) {
  return ["GET", "HEAD", "OPTIONS"].includes(method);
}

/** The origin by which this request came, which {@link wrongHost} has found to be ours. */
function ownOrigin({ headers }: Request, site: Settings) {
  return site.originOf.get(headers.host ?? "") ?? site.origins[0] ?? "";
}

/** Leaves Remix one truth about the address: ours. What a proxy or a client claims is gone. */
function normalise(request: Request, site: Settings) {
  const [protocol] = ownOrigin(request, site).split("://");
  for (const header of ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"])
    delete request.headers[header];
  // Remix takes no form that names no site; this one was looked at above.
  if (comesFromDevice(request)) delete request.headers.origin;
  Object.defineProperty(request, "protocol", { value: protocol });
}

async function refuse(request: Request, response: Response, refused: Refused) {
  const { status, title, text, headers } = refused;
  const kept = await keptForm(request);
  response.status(status).set({ ...headers, "Cache-Control": "no-store", Connection: "close" });
  if (request.path.startsWith("/api/")) {
    response.type("application/problem+json").send(JSON.stringify({ title, status, detail: text }));
  } else if (/[?&]_data=/.test(request.originalUrl)) {
    // Remix's own script asked: in this form it shows the answer as the page's error.
    response.set("X-Remix-Catch", "yes").json({ message: `${title}. ${text}`, kept });
  } else {
    const page = renderToStaticMarkup(createElement(RefusalPage, { title, text, kept }));
    response.type("html").send(`<!doctype html>${page}`);
  }
}

/** The words of a form that is refused, to be given back. */
async function keptForm(request: Request): Promise<KeptForm | null> {
  if (!hasWords(request)) return null;
  const { fields } = decodeFields(await bodyOf(request));
  return { action: request.path, fields: fields.filter(([name]) => !isSecret(name)) };
}

/** Whether this is a form of a size we would have taken, at an address that has a page to give its words back on. */
function hasWords(request: Request) {
  const type = (request.headers["content-type"] ?? "").toLowerCase();
  const length = Number(request.headers["content-length"] ?? 0);
  const form = !isSafe(request) && type.startsWith("application/x-www-form-urlencoded");
  return form && length > 0 && length <= FORM_BYTES && !request.path.startsWith("/api/");
}

async function bodyOf(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
