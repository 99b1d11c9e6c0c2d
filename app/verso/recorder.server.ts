import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type { ActionFunctionArgs, LoaderFunctionArgs, ServerBuild } from "@remix-run/node";
import type { Response as Answering, Request as Asked, RequestHandler } from "express";
import { bringsLogin } from "~/accounts/sessions.server";
import { type CallSite, listenToStatements } from "~/db/statements.server";
import { isInBackground } from "~/http/background.server";
import { describeError, log } from "~/http/log.server";
import { listenToReports, type Report } from "~/http/reports.server";
import { type Visibility, visibilityOf } from "~/http/visible";
import { wrapRoutes } from "~/http/wrapped-routes.server";
import { settings } from "~/settings.server";
import { knowBrowserFiles } from "./front.server";
import { forgetAllRecords, forgetRecords, forgetVisit, keepRecord, type Owner } from "./keep.server";
import type {
  BackRecord,
  Decision,
  FormStep,
  RouteStep,
  SeenError,
  SeenHeader,
  SeenSession,
  StatementStep,
  Step,
} from "./record";
import {
  cookiesIn,
  cookiesSet,
  type Origins,
  pairsIn,
  queryIn,
  seenHeaders,
  seenParameters,
  sentHeaders,
} from "./redact.server";
import { newVisitor, visitEnded, visitorOf } from "./visitor.server";

/**
 * Statements that reach into what is other people's: their number of rows isn't told. A login with a
 * wrong password must not tell, on its back either, whether there is such an account.
 */
const REACHES_OTHERS = /"email" = \?|^delete from "sessions" where .*"expires" </;
/** Headers of one request that are kept, and cookies; the others are counted. */
const MOST_HEADERS = 60;
/** Fields of one form that are kept, and parameters of one address; the others are counted. */
const MOST_FIELDS = 50;
/** Statements of one request that are kept. */
const MOST_STATEMENTS = 200;

/** A record while its request is under way. What must not be kept stands here, and goes with the request. */
interface Recording {
  id: string;
  at: number;
  began: number;
  steps: Step[];
  unkept: number;
  errors: SeenError[];
  /** Those that {@link errors} tells of. */
  failures: Set<unknown>;
  session: SeenSession;
  decisions: Decision[];
  /** Who is signed in, or else the browser; null for a browser without a name, and after signing out. */
  owner: Owner | null;
  /** The browser as somebody who isn't signed in. */
  visitor: Owner | null;
  /** A browser without a name may be given one: there is no login here, and none has just ended. */
  named: boolean;
  /** Logins and visits that have ended since it began: none of them is its owner any more. */
  ended: Set<string>;
  /** The browser's name as a visitor is worth nothing any more. */
  left: boolean;
  /** The back of a page, which is not recorded itself. */
  ownPage: boolean;
  socket: Socket;
  /** A form that was read had a secret in it; null where none was read. */
  secret: boolean | null;
  /** Statements of work that it set going in the background; null where there is none. */
  background: number | null;
  /** The answer is sent, or nobody waits for it any more: what still runs is no part of it. */
  closed: boolean;
  origins: Map<string, Required<Origins extends ReadonlyMap<string, infer Value> ? Value : never>>;
  /** Of each statement the values of its parameters, to be told apart when all origins are known, and its places. */
  statements: Map<StatementStep, { values: readonly unknown[]; site: CallSite | null; caller: CallSite | null }>;
}

/** Those whose requests are not answered yet. */
const underWay = new Set<Recording>();

const store = new AsyncLocalStorage<{ recording: Recording; within: number | null }>();

/** Begins to listen. @returns a function that ends it and forgets every record. */
export function startRecording(): () => void {
  const ends = [listenToReports(harmless(noteReport)), listenToStatements(harmless(noteStatement))];
  return () => {
    for (const end of ends) end();
    forgetAllRecords();
  };
}

/** What the recorder can't do it says in the log: it must not break the request that it looks at. */
function harmless<Words extends unknown[]>(listener: (...words: Words) => void) {
  return (...words: Words) => {
    try {
      listener(...words);
    } catch (error) {
      log.error(describeError(error), "a part of a request could not be recorded");
    }
  };
}

/**
 * Records each request but those for files, ours and people's, and for the backs of pages themselves:
 * the pictures of one page would push everything else out of what is kept.
 */
export const recorder: RequestHandler = (request, response, next) => {
  if (request.path.startsWith("/build/") || isFile(request)) return next();
  const visitor = visitorOf(request.headers.cookie);
  const recording: Recording = {
    id: randomBytes(16).toString("base64url"),
    at: Date.now(),
    began: performance.now(),
    steps: [],
    unkept: 0,
    errors: [],
    failures: new Set(),
    session: { state: "none" },
    decisions: [],
    visitor,
    // Whose a login cookie is, is known when somebody asks for it.
    owner: bringsLogin(request.headers.cookie) ? null : visitor,
    named: !bringsLogin(request.headers.cookie),
    ended: new Set(),
    left: false,
    ownPage: isOwnPage(request.path),
    socket: request.socket,
    secret: null,
    background: null,
    closed: false,
    origins: new Map(),
    statements: new Map(),
  };
  underWay.add(recording);
  letGoWith(request.socket, recording);
  // Without a record there is nothing to lead to, or to count.
  if (!recording.ownPage) response.locals.recordId = recording.id;
  response.locals.bodyBytes = 0;
  response.locals.packedBytes = 0;
  nameRecord(response, recording);
  const before = request.socket.bytesWritten;
  response.on("close", () => {
    // Nobody catches what a listener throws: it would end the process for the sake of a record.
    try {
      const sent = request.socket.bytesWritten - before;
      const owner = ownerOf(recording);
      if (owner && !recording.ownPage) keepRecord(owner, close(recording, request, response, sent));
    } catch (error) {
      log.error({ id: response.locals.requestId, ...describeError(error) }, "a request could not be recorded");
    } finally {
      letGo(recording);
    }
  });
  store.run({ recording, within: null }, next);
};

/** Somebody's file, as `/files/:fileId` and what stands beside it send it; a form there is recorded. */
function isFile({ method, path }: Asked) {
  return (method === "GET" || method === "HEAD") && /^\/files\/[^/]+(\/thumb)?\/?$/.test(path);
}

const sockets = new WeakMap<Socket, Set<Recording>>();

/** An answer that waits for its turn on a connection that breaks is never closed, and its recording must not stay. */
function letGoWith(socket: Socket, recording: Recording) {
  const open = sockets.get(socket) ?? new Set();
  open.add(recording);
  if (sockets.has(socket)) return;
  sockets.set(socket, open);
  // Later than the answers that are closed, and kept, because of it.
  socket.once("close", () => setImmediate(() => open.forEach(letGo)));
}

/** What still runs in the request's context holds on to the recording: from now on it takes nothing, and holds no value. */
function letGo(recording: Recording) {
  recording.closed = true;
  underWay.delete(recording);
  sockets.get(recording.socket)?.delete(recording);
  recording.steps = [];
  for (const held of [recording.statements, recording.origins, recording.failures]) held.clear();
}

/** Whoever the record is kept for; null where nobody can ever look at it. */
function ownerOf({ owner, ended }: Recording) {
  return owner && !ended.has(owner.sessionId) ? owner : null;
}

/** What of the program runs now is recorded in; null where nothing is, or where the request is over. */
function recordingNow() {
  const at = store.getStore();
  return at && !at.recording.closed ? at : null;
}

/** Counts an answer's body; stands behind the compression, so that it sees the body as it was before. */
export const countBody: RequestHandler = (_, response, next) => {
  if (response.locals.recordId !== undefined) count(response, "bodyBytes");
  next();
};

/**
 * Counts the bodies of all answers as they are sent: once, on what they inherit. On each answer by
 * itself, before the compression, it would cost more than all else that is recorded.
 */
export function countPacked(answers: Answering) {
  count(answers, "packedBytes");
}

function count(answer: Answering, into: "bodyBytes" | "packedBytes") {
  const { write, end } = answer;
  answer.write = function (this: Answering, ...words: Parameters<typeof write>) {
    add(this, into, words[0]);
    return write.apply(this, words);
  } as typeof write;
  answer.end = function (this: Answering, ...words: Parameters<typeof end>) {
    add(this, into, words[0]);
    return end.apply(this, words);
  } as typeof end;
}

function add({ locals }: Answering, into: "bodyBytes" | "packedBytes", chunk: unknown) {
  if (locals?.recordId === undefined) return;
  if (typeof chunk === "string" || chunk instanceof Uint8Array) locals[into] += Buffer.byteLength(chunk);
}

/** The build with each loader and action wrapped, so that what runs is recorded and none of them knows. */
export function recordedBuild(build: ServerBuild): ServerBuild {
  knowBrowserFiles(build.assets);
  return wrapRoutes(build, ({ loader, action }, id) => ({
    ...(loader && { loader: recorded("loader", id, loader) }),
    ...(action && { action: recorded("action", id, action) }),
  }));
}

type Handler = (args: LoaderFunctionArgs & ActionFunctionArgs) => unknown;

function recorded<Original extends (...args: never[]) => unknown>(
  kind: "loader" | "action",
  route: string,
  original: Original,
): Original {
  const run = original as unknown as Handler;
  const wrapped: Handler = async (args) => {
    const recording = recordingNow()?.recording;
    if (!recording) return run(args);
    if (route.startsWith("routes/back.")) recording.ownPage = true;
    const started = sinceBeginning(recording);
    const step: RouteStep = { kind, route, started, ms: 0, status: null, outcome: "running" };
    const within = recording.steps.push(step) - 1;
    noteOrigins(recording, "address", Object.entries(args.params));
    try {
      const answer = await store.run({ recording, within }, () => run(args));
      step.outcome = "returned";
      if (answer instanceof Response) step.status = answer.status;
      return answer;
    } catch (thrown) {
      step.outcome = thrown instanceof Response ? "threw" : "failed";
      if (thrown instanceof Response) step.status = thrown.status;
      else if (!recording.closed) noteFailure(recording, thrown);
      throw thrown;
    } finally {
      step.ms = sinceBeginning(recording) - started;
    }
  };
  return wrapped as unknown as Original;
}

function noteReport(report: Report) {
  if (report.kind === "ended") report.sessionIds.forEach(loginEnded);
  if (report.kind === "session" && report.state === "ended") loginEnded(report.sessionId);
  const at = recordingNow();
  if (!at) return;
  const { recording, within } = at;
  if (report.kind === "session") noteSession(recording, report);
  else if (report.kind === "failure") noteFailure(recording, report.error);
  else if (report.kind === "access") recording.decisions.push({ door: report.door, opened: report.opened, within });
  else if (report.kind === "form") noteForm(recording, report);
  else if (report.kind === "background") recording.background ??= 0;
  else if (report.kind !== "ended") recording.steps.push({ ...report, ...since(recording, report.started) });
}

function noteSession(recording: Recording, report: Report & { kind: "session" }) {
  if (report.state === "unknown") {
    recording.session = { state: "unknown" };
    recording.owner = recording.visitor;
    recording.named = true;
  } else if (report.state === "ended") {
    recording.owner = null;
    recording.named = false;
    leaveVisit(recording);
  } else {
    const { id, role, sessionId } = report.viewer;
    recording.owner = { personId: id, sessionId };
    if (report.state === "valid") recording.session = { state: "valid", role };
    else leaveVisit(recording);
    noteOrigins(recording, "session", [
      ["person", id],
      ["login", sessionId],
    ]);
  }
}

/** Forgets what a login did, and what it is still doing. */
function loginEnded(sessionId: string) {
  forgetRecords(sessionId);
  for (const { ended } of underWay) ended.add(sessionId);
}

/** Whoever signs in or out begins anew: what the browser did before is forgotten, and so is its name. */
function leaveVisit(recording: Recording) {
  if (!recording.visitor) return;
  forgetVisit(recording.visitor);
  for (const { ended } of underWay) ended.add(recording.visitor.sessionId);
  recording.left = true;
}

function noteForm(recording: Recording, { schema, fields, errors, started }: Report & { kind: "form" }) {
  // Of all fields, not only of those that are kept.
  recording.secret ||= fields.some(([name]) => visibilityOf(schema, name) === "name");
  noteOrigins(recording, "form", fields);
  const sent = new Set(fields.map(([name]) => name));
  const missed = Object.entries(errors).filter(([name]) => !sent.has(name));
  const more = fields.slice(MOST_FIELDS);
  const step: FormStep = {
    kind: "form",
    ...since(recording, started),
    fields: fields.slice(0, MOST_FIELDS).map(([name, value]) => ({
      name: name.slice(0, 100),
      ...shownOf(value, visibilityOf(schema, name), Object.hasOwn(errors, name)),
      messages: Object.hasOwn(errors, name) ? (errors[name] ?? []) : [],
    })),
    ...(missed.length > 0 && {
      missed: missed.map(([name, messages]) => ({ name: name.slice(0, 100), messages })),
    }),
    ...(more.length > 0 && {
      more: { fields: more.length, wrong: more.filter(([name]) => Object.hasOwn(errors, name)).length },
    }),
  };
  recording.steps.push(step);
}

/** A value is shown where its schema took it: whatever else was sent there may be anybody's words. */
function shownOf(value: string, shows: Visibility, refused: boolean) {
  if (shows === "name") return { length: null };
  return { length: value.length, ...(shows === "value" && !refused && { value: value.slice(0, 100) }) };
}

function noteStatement(
  {
    text,
    connection,
    parameters,
    ms,
    rows,
    failed,
    site,
    caller,
  }: Parameters<Parameters<typeof listenToStatements>[0]>[0],
  values: readonly unknown[],
) {
  const at = recordingNow();
  if (!at) return;
  const { recording, within } = at;
  if (isInBackground()) {
    recording.background = (recording.background ?? 0) + 1;
    return;
  }
  if (recording.statements.size >= MOST_STATEMENTS) {
    recording.unkept += 1;
    return;
  }
  const started = sinceBeginning(recording) - ms;
  const step: StatementStep = {
    kind: "statement",
    text,
    connection,
    parameters,
    rows: REACHES_OTHERS.test(text) ? null : rows,
    ...(failed && { failed }),
    site: null,
    within,
    started,
    ms,
  };
  recording.steps.push(step);
  recording.statements.set(step, { values, site, caller });
}

function noteOrigins(recording: Recording, origin: "session" | "address" | "form", pairs: [string, unknown][]) {
  for (const [name, value] of pairs)
    if (typeof value === "string" && !recording.origins.has(value)) recording.origins.set(value, { origin, name });
}

function close(recording: Recording, request: Asked, response: Answering, sent: number): BackRecord {
  const query = pairsIn(request.originalUrl);
  noteOrigins(recording, "address", query);
  for (const [step, { values, site, caller }] of recording.statements) {
    step.parameters = seenParameters(step.parameters, values, recording.origins);
    step.site = placesIn(site?.stack)[0] ?? null;
    const [calledAt] = placesIn(HANDLER.exec(caller?.stack ?? "")?.[0]);
    if (calledAt) step.calledAt = calledAt;
  }
  const took = sinceBeginning(recording);
  for (const step of recording.steps) if ("route" in step && step.outcome === "running") step.ms = took - step.started;
  const { id, at, steps, unkept, errors, session, decisions } = recording;
  const headers = response.headersSent ? response.getHeaders() : {};
  const secret = mayHoldSecret(request, recording);
  const { bodyBytes, packedBytes } = response.locals;
  // As they came: the guard has taken out of the others what a proxy claimed.
  const asked = seenHeaders(request.headersDistinct, settings().origins);
  const kept = mostTelling(asked, MOST_HEADERS);
  const cookies = cookiesIn(request.headers.cookie);
  const more = {
    query: Math.max(0, query.length - MOST_FIELDS),
    headers: asked.length - kept.length,
    cookies: Math.max(0, cookies.length - MOST_HEADERS),
  };
  const bodiless = request.method === "HEAD" || response.statusCode === 204 || response.statusCode === 304;
  return {
    id,
    at,
    took,
    request: {
      method: request.method,
      path: request.path.slice(0, 1_000),
      query: queryIn(query.slice(0, MOST_FIELDS)),
      headers: kept.map((header) => (secret && header.name === "content-length" ? { ...header, value: null } : header)),
      cookies: cookies.slice(0, MOST_HEADERS),
      ...(more.query + more.headers + more.cookies > 0 && { more }),
      bytes: secret ? null : Number(request.headers["content-length"] ?? 0),
      dataOf: routeOf(query.find(([name]) => name === "_data")?.[1] ?? null),
    },
    response: {
      status: response.headersSent ? response.statusCode : 0,
      ...(!response.writableFinished && { brokenOff: true }),
      headers: sentHeaders(headers),
      cookies: cookiesSet(headers["set-cookie"]),
      // What the guard refuses never comes to the compression.
      bytes: bodyBytes || packedBytes,
      packed: bodiless ? 0 : packedBytes,
      sent,
    },
    session,
    decisions,
    steps,
    unkept,
    ...(recording.background !== null && { background: recording.background }),
    errors,
  };
}

/** Those whose values are seen, which the sentences are made from; of the others as many as there is room for. */
function mostTelling(headers: SeenHeader[], most: number) {
  let room = most - headers.filter(({ value }) => value !== null).length;
  return headers.filter(({ value }) => value !== null || room-- > 0);
}

/** How long a form was would tell how long a secret in it was, and so would one that nobody has read. */
function mayHoldSecret({ headers }: Asked, { secret }: Recording) {
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(headers["content-type"] ?? "")) return false;
  return secret ?? true;
}

/** A route as the address names it; of anything else it is only kept that it was asked for. */
function routeOf(asked: string | null) {
  return asked === null || /^(root|routes\/[\w.$-]{1,100})$/.test(asked) ? asked : "";
}

/**
 * Tells the person's own browser which record an answer has, and what took how long. A visitor's
 * browser gets a name instead, with the first page that it sees.
 */
function nameRecord(response: Answering, recording: Recording) {
  const { writeHead } = response;
  response.writeHead = ((...head: Parameters<typeof writeHead>) => {
    const page = String(response.getHeader("Content-Type")).startsWith("text/html");
    if (recording.left) response.append("Set-Cookie", visitEnded());
    if (recording.ownPage) response.setHeaders(OWN_HEADERS);
    else if (ownerOf(recording)?.personId) response.setHeader("Server-Timing", timingOf(recording));
    else if (page && !recording.owner && recording.named) {
      const visitor = newVisitor();
      recording.owner = visitor.owner;
      response.append("Set-Cookie", visitor.setCookie);
    }
    return writeHead.apply(response, head);
  }) as typeof writeHead;
}

/** By whatever spelling: also for what comes to no loader, as a form that is sent there. */
function isOwnPage(path: string) {
  try {
    return /^\/back\/./i.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}

/** The backs of pages themselves are found by no search engine, and told to nobody. */
const OWN_HEADERS = new Map([
  ["Referrer-Policy", "no-referrer"],
  ["X-Robots-Tag", "noindex"],
]);

/** @see https://www.w3.org/TR/server-timing/ */
function timingOf(recording: Recording) {
  const statements = recording.steps.filter((step) => step.kind === "statement");
  const sql = statements.reduce((sum, { ms }) => sum + ms, 0);
  return `back;desc="${recording.id}", sql;dur=${sql.toFixed(1)}, total;dur=${sinceBeginning(recording).toFixed(1)}`;
}

/** Errors of one request that are kept, and places of each. */
const MOST_ERRORS = 5;
const MOST_PLACES = 6;

function noteFailure(recording: Recording, error: unknown) {
  if (recording.failures.has(error) || recording.failures.size >= MOST_ERRORS) return;
  recording.failures.add(error);
  const chain = [error];
  for (let link = error; link instanceof Error && link.cause && chain.length < 5; link = link.cause)
    chain.push(link.cause);
  const failed = [...recording.statements].findLast(([step]) => step.failed)?.[1].site?.stack;
  const stacks = [...chain.map((link) => (link instanceof Error ? link.stack : undefined)), failed];
  const codes = chain.map((link) => (link instanceof Error && "code" in link ? String(link.code) : ""));
  recording.errors.push({
    names: [...new Set(chain.map((link) => (link instanceof Error ? link.constructor.name : typeof link)))],
    code: codes.find((code) => /^[A-Z][A-Z_]{2,40}$/.test(code)) ?? null,
    places: [...new Set(stacks.flatMap(placesIn))].slice(0, MOST_PLACES),
  });
}

/** The line of a stack that is in a loader or an action, by the names that the build gives them. */
const HANDLER = /^ *at (?:async )?(?:loader|action)\d* \(.*$/m;

/** The places of a stack that are in our own program, or source where Node maps stacks itself; never a path of the machine. */
function placesIn(stack: string | undefined) {
  return [...(stack ?? "").matchAll(/\/((?:build\/index\.js|app\/[\w./$-]+):\d+:\d+)/g)].map(([, place = ""]) => place);
}

function since(recording: Recording, started: number) {
  return { started: started - recording.began, ms: performance.now() - started };
}

function sinceBeginning(recording: Recording) {
  return performance.now() - recording.began;
}
