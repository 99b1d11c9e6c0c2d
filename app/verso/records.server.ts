import { readLogin } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer.server";
import { notFound } from "~/http/responses.server";
import { settings } from "~/settings.server";
import { type Caching, cachingOf } from "./caching";
import { curlOf } from "./curl";
import { type Elsewhere, elsewhereOf } from "./elsewhere.server";
import { type Front, frontOf } from "./front.server";
import { recordsOf } from "./keep.server";
import { leadingTo, ledToBy, together } from "./neighbours";
import { type BackRecord, headerOf, type SeenError, type Step } from "./record";
import { type Excerpt, excerptAt, functionAt, sourceOfRoute } from "./source.server";
import { storyOf } from "./story";
import { visitorOf } from "./visitor.server";
import { type Ways, waysOf } from "./ways";

/** What the page of a record shows: what was recorded, and what is asked when it is turned over. */
export interface TurnedPage extends ToldRecord {
  /** The row of the login, as it stands now. */
  login: Awaited<ReturnType<typeof readLogin>>;
  elsewhere: Elsewhere | null;
  front: Front | null;
}

/** One record as its page needs it: with its story, and what came before and after. */
export interface ToldRecord {
  record: BackRecord;
  /** What it is kept for: a login, or the browser of somebody who isn't signed in. */
  keptFor: "login" | "browser";
  story: string[];
  /** The request whose redirect led to this one. */
  before: Neighbour | null;
  /** The request that this one's redirect led to. */
  after: Neighbour | null;
  /** What a script asked for at the same time, for the same page. */
  together: Neighbour[];
  /** The others of this login or browser, the latest first. */
  others: Neighbour[];
  /** Of each step the source that it came from: a loader or action whole, a statement by the lines around it. */
  sources: (Excerpt | null)[];
  /** The loaders and actions that ran, each whole. */
  ran: Issuing[];
  /** The functions that asked the database, each whole. */
  asking: Issuing[];
  /** Of each error the lines of ours that it came from. */
  failures: (Excerpt | null)[];
  /** The request as a line for a shell. */
  curl: string;
  caching: Caching;
  ways: Ways | null;
}

export interface Issuing {
  source: Excerpt;
  /** By the number of a line the statements that came from there, counted from 1. */
  issued: Record<number, number[]>;
}

export interface Neighbour {
  id: string;
  at: number;
  method: string;
  path: string;
  /** The route whose data a script asked for; null for a whole page. */
  dataOf: string | null;
  status: number;
}

/**
 * Turns a page over: the record, and whom its address lets in.
 *
 * @throws Response 404 as {@link readRecord} does.
 */
export async function turnOver(viewer: Viewer | null, cookies: string | null, id: string | undefined) {
  const told = readRecord(viewer, cookies, id);
  const [login, elsewhere] = await Promise.all([viewer && readLogin(viewer), elsewhereOf(told.record)]);
  const ran = told.record.steps.findLast((step) => "route" in step && step.route !== "root");
  const front = ran && "route" in ran ? frontOf(ran.route) : null;
  return { ...told, login, elsewhere, front } satisfies TurnedPage;
}

/**
 * A record of the viewer's own login, or of a visitor's own browser.
 *
 * @param cookies the request's, which name the browser of somebody who isn't signed in.
 * @throws Response 404 for anyone else's, another login's, and one that is gone.
 */
export function readRecord(viewer: Viewer | null, cookies: string | null, id: string | undefined): ToldRecord {
  const owner = viewer ? { personId: viewer.id, sessionId: viewer.sessionId } : visitorOf(cookies ?? "");
  const records = owner ? recordsOf(owner) : [];
  const place = records.findIndex((record) => record.id === id);
  const record = records[place];
  if (!record) throw notFound();
  const before = leadingTo(records.slice(0, place), record);
  const after = ledToBy(record, records.slice(place + 1));
  const sources = record.steps.map(sourceOf);
  return {
    record,
    keptFor: viewer ? "login" : "browser",
    story: storyOf(record, before),
    before: before && neighbour(before),
    after: after && neighbour(after),
    together: together(records, record).map(neighbour),
    sources,
    ran: ranIn(record.steps, sources),
    asking: askingOf(record.steps),
    failures: record.errors.map(failedAt),
    curl: curlOf(record, originOf(record)),
    ways: waysOf(records, record),
    caching: cachingOf(record, records.slice(0, place)),
    others: records
      .filter((other) => other !== record)
      .map(neighbour)
      .reverse(),
  };
}

/** By which of its names Verso was asked. */
export function originOf({ request }: BackRecord) {
  const host = headerOf(request.headers, "host") ?? "";
  return settings().originOf.get(host) ?? settings().origins[0] ?? "";
}

/** The loaders and actions of the page, with the lines that called what asked the database. */
function ranIn(steps: Step[], sources: (Excerpt | null)[]): Issuing[] {
  const statements = steps.filter((step) => step.kind === "statement");
  return steps.flatMap((step, place) => {
    const source = sources[place];
    if (!("route" in step) || step.route === "root" || !source) return [];
    const issued: Issuing["issued"] = {};
    for (const [number, { within, calledAt }] of statements.entries()) {
      const called = within === place && calledAt ? excerptAt(calledAt) : null;
      if (called && holds(source, called)) issued[called.at] = [...(issued[called.at] ?? []), number + 1];
    }
    return [{ source, issued }];
  });
}

function holds({ file, from, lines }: Excerpt, place: Excerpt) {
  return place.file === file && place.at >= from && place.at < from + lines.length;
}

/** The functions that asked the database, each once, in the order in which they began to. */
function askingOf(steps: Step[]): Issuing[] {
  const found = new Map<string, Issuing>();
  const statements = steps.filter((step) => step.kind === "statement");
  for (const [place, { site }] of statements.entries()) {
    const source = functionAt(site);
    if (!source) continue;
    const name = `${source.file}:${source.from}`;
    const asking = found.get(name) ?? { source, issued: {} };
    asking.issued[source.at] = [...(asking.issued[source.at] ?? []), place + 1];
    found.set(name, asking);
  }
  return [...found.values()];
}

/** The rooms that every query and every request passes through: an error there comes from somewhere else. */
const PASSED_THROUGH = /^app\/(db|verso|http)\/|^app\/server\.ts$/;

function failedAt({ places }: SeenError) {
  const found = places.flatMap((place) => excerptAt(place) ?? []);
  return found.find(({ file }) => !PASSED_THROUGH.test(file)) ?? found[0] ?? null;
}

function sourceOf(step: Step) {
  if (step.kind === "statement") return excerptAt(step.site);
  return step.kind === "loader" || step.kind === "action" ? sourceOfRoute(step.route, step.kind) : null;
}

/** A record as a link to it needs it. */
export function neighbour({ id, at, request, response }: BackRecord): Neighbour {
  return { id, at, method: request.method, path: request.path, dataOf: request.dataOf, status: response.status };
}
