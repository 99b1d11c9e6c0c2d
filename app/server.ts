import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { isMainThread, workerData } from "node:worker_threads";
import * as remixBuild from "@remix-run/dev/server-build";
import { createRequestHandler } from "@remix-run/express";
import { broadcastDevReady, installGlobals, type ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from "express";
import { decoyHash } from "./accounts/passwords.server";
import { hasOwner } from "./accounts/people.server";
import { readViewer } from "./accounts/sessions.server";
import { forgetTries } from "./accounts/sign-in.server";
import { withProblems } from "./api/problems.server";
import { type Engine, setEngine } from "./db/engine.server";
import { openInMemory, openSqlite, type SqliteEngine } from "./db/sqlite.server";
import { listenToStatements } from "./db/statements.server";
import { serveDoctor, setDoctorProgram } from "./doctor/checkups.server";
import { doctorCommand } from "./doctor/command.server";
import { readEnvironment } from "./environment.server";
import { sweepContents } from "./files/contents.server";
import { purgeFiles } from "./files/files.server";
import { explainingFailures } from "./http/failures.server";
import { guard } from "./http/guard.server";
import { securityHeaders } from "./http/headers.server";
import { keepingWords } from "./http/keep-words.server";
import { describeError, log } from "./http/log.server";
import { refusingWithPages } from "./http/refusal-pages.server";
import { report } from "./http/reports.server";
import { serveLab, setLabProgram } from "./learn/lab.server";
import { purgeDrafts } from "./notes/drafts.server";
import { warmMarkdown } from "./notes/markdown/rendered.server";
import { serveMarkdown, setMarkdownProgram } from "./notes/markdown/worker.server";
import { readTexts, readTextsSoon, stopReadingTexts } from "./notes/read-texts.server";
import { purgeTrash } from "./notes/trash.server";
import { whenUnread } from "./notes/unread.server";
import { type Settings, setSettings, settingsFrom } from "./settings.server";
import { commands } from "./transfer/commands.server";
import { markInterruptedImports, stopImports } from "./transfer/imports.server";
import { removeLeftUploads } from "./transfer/upload.server";
import { countBody, countPacked, recordedBuild, recorder, startRecording } from "./verso/recorder.server";

installGlobals();

const build = remixBuild as unknown as ServerBuild;
const development = build.mode === "development";
const MIGRATIONS = "../drizzle/sqlite";
const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const CSP = "Content-Security-Policy";
const HOUR = 3_600_000;
/** What a request may take to arrive, in milliseconds: 100 MiB at two megabits a second take seven minutes. */
const LONGEST_UPLOAD = HOUR;
const TEN_MINUTES = 600_000;
/** How long a stop waits for answers that are under way, in milliseconds. */
const GRACE = 8_000;

/** The routes as they were built, for tests that have to cover each. */
export const routes = build.routes;

type Variables = Record<string, string | undefined>;

export interface Verso {
  engine: SqliteEngine;
  settings: Settings;
  server: Server;
  listenToStatements: typeof listenToStatements;
  readTexts: typeof readTexts;
  /** Stops accepting, finishes what runs, closes the database. */
  stop(): Promise<void>;
}

/**
 * Opens the database and makes the server, which does not listen yet.
 *
 * @param variables the environment.
 * @param where with "memory" the database is a new one in memory, and no file is looked at.
 * @throws Error with a sentence for the operator.
 */
export async function createVerso(variables: Variables, where: "file" | "memory" = "file"): Promise<Verso> {
  const { settings, engine } = await open(variables, where);
  if (where === "file") {
    await markInterruptedImports();
    await removeLeftUploads();
    // What was arriving when an earlier process ended is nobody's.
    await sweepContents(0);
  }
  setLabProgram(new URL(import.meta.url));
  setDoctorProgram(new URL(import.meta.url), fromHere(MIGRATIONS));
  whenUnread(readTextsSoon);
  forgetTries();
  await decoyHash();
  const state = { stopping: false };
  const endRecording = settings.back ? startRecording() : () => {};
  const server = createServer(
    { maxHeaderSize: 65_536, requestTimeout: LONGEST_UPLOAD },
    createApp(settings, engine, state),
  );
  const hourly = setInterval(() => {
    purge();
    readTextsSoon();
  }, HOUR).unref();
  const often = setInterval(purgeOldFiles, TEN_MINUTES).unref();
  return {
    engine,
    settings,
    server,
    listenToStatements,
    readTexts,
    async stop() {
      state.stopping = true;
      clearInterval(hourly);
      clearInterval(often);
      await closeServer(server);
      await stopImports();
      await stopReadingTexts();
      engine.close();
      setEngine(null);
      endRecording();
    },
  };
}

async function open(variables: Variables, where: "file" | "memory" = "file") {
  const settings = settingsFrom(readEnvironment(variables));
  setSettings(settings);
  log.level = settings.logLevel;
  const migrations = fromHere(MIGRATIONS);
  const engine = await (where === "memory"
    ? openInMemory(migrations)
    : openSqlite(settings.databaseFile, migrations, toldOfIndex));
  setEngine(engine);
  // Commands read long texts too.
  setMarkdownProgram(new URL(import.meta.url));
  return { settings, engine };
}

function toldOfIndex() {
  log.warn("the search index was damaged and has been built anew");
}

function createApp(settings: Settings, engine: Engine, state: { stopping: boolean }) {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", false);
  app.set("trust proxy", settings.trustProxy ?? false);
  app.use(identify, answerHeaders(settings), healthChecks(engine, state));
  if (settings.back) {
    countPacked(app.response);
    app.use(recorder);
  }
  app.use(guard, compression());
  if (settings.back) app.use(countBody);
  app.use(
    "/build",
    withoutMaps,
    express.static(fromHere("../public/build"), { immutable: true, maxAge: "1y", index: false, redirect: false }),
  );
  app.use(publicFiles());
  app.use(personal(settings), ownWord, setUpFirst, remixHandler(settings));
  app.use(failed);
  return app;
}

/** The maps are for the backs of pages, which read them on the server. */
const withoutMaps: RequestHandler = (request, response, next) => {
  let name = ".map";
  try {
    name = decodeURIComponent(request.path);
  } catch {
    // What can't be decoded is no file of ours.
  }
  if (/\.map$/i.test(name)) response.sendStatus(404);
  else next();
};

/** The files beside the build, by their names: no other request looks at the disk. */
function publicFiles(): RequestHandler {
  const folder = fromHere("../public");
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = new Set(files.map(({ name }) => `/${name}`));
  const serve = express.static(folder, { maxAge: "1h", index: false, redirect: false });
  return (request, response, next) => (paths.has(request.path) ? serve(request, response, next) : next());
}

/** Names the request and logs it when it is done: never its query, body or cookies. */
const identify: RequestHandler = (request, response, next) => {
  const id = randomBytes(9).toString("base64url");
  const started = performance.now();
  response.locals.requestId = id;
  response.setHeader("X-Request-Id", id);
  response.on("close", () => {
    const ms = Math.round((performance.now() - started) * 10) / 10;
    log.info({ id, method: request.method, path: request.path, status: response.statusCode, ms });
  });
  next();
};

function answerHeaders({ secure }: Settings): RequestHandler {
  return (_, response, next) => {
    response.set(securityHeaders(null, secure, development));
    next();
  };
}

/** For whatever keeps Verso running: no host, no login, nothing personal. */
function healthChecks(engine: Engine, state: { stopping: boolean }): RequestHandler {
  return ({ path, method }, response, next) => {
    if ((path !== "/healthz" && path !== "/readyz") || (method !== "GET" && method !== "HEAD")) return next();
    const { ready, text } = path === "/readyz" ? readiness(engine, state) : { ready: true, text: "ok" };
    response
      .status(ready ? 200 : 503)
      .set("Cache-Control", "no-store")
      .type("text/plain")
      .send(text);
  };
}

function readiness(engine: Engine, { stopping }: { stopping: boolean }) {
  if (stopping) return { ready: false, text: "stopping" };
  try {
    const text = `schema ${engine.schemaVersion()}`;
    const trouble = engine.trouble();
    return trouble ? { ready: false, text: `storage: ${trouble}` } : { ready: true, text };
  } catch {
    return { ready: false, text: "the database does not answer" };
  }
}

/** What comes from here on is somebody's: no cache keeps it, and a page's own scripts may run. */
function personal({ secure }: Settings): RequestHandler {
  return (_, response, next) => {
    response.locals.nonce = randomBytes(16).toString("base64");
    // The others stand there already.
    const { [CSP]: policy = "" } = securityHeaders(response.locals.nonce, secure, development);
    response.setHeader(CSP, policy);
    response.setHeader("Cache-Control", "private, no-store");
    response.vary("Cookie");
    next();
  };
}

/** Headers of which an answer's own word stands instead of what stands on every answer, and not beside it. */
const OWN_WORD = new Set(["cache-control", "content-security-policy"]);

const ownWord: RequestHandler = (_, response, next) => {
  const { append } = response;
  response.append = (name, value) =>
    OWN_WORD.has(name.toLowerCase()) ? response.set(name, value) : append.call(response, name, value);
  next();
};

/** Before there is an owner every page leads to the set-up. */
const setUpFirst: RequestHandler = (request, response, next) => {
  hasOwner().then((owner) => {
    if (owner || request.path === "/setup") next();
    else response.redirect(303, "/setup");
  }, next);
};

function remixHandler({ back }: Settings) {
  return createRequestHandler({
    build: refusingWithPages(withProblems(keepingWords(explainingFailures(back ? recordedBuild(build) : build)))),
    mode: build.mode,
    getLoadContext(request, response) {
      let viewer: ReturnType<typeof readViewer> | undefined;
      return {
        requestId: response.locals.requestId,
        recordId: response.locals.recordId,
        nonce: response.locals.nonce,
        address: request.ip ?? "unknown",
        flushed: () => flushed(response),
        viewer() {
          viewer ??= readViewer(request.headers.cookie);
          return viewer;
        },
      };
    },
  });
}

/** Waits while the network takes what was written; false where nobody is there any more to take it. */
function flushed(response: Response): boolean | Promise<boolean> {
  if (response.closed || response.destroyed) return false;
  if (!response.writableNeedDrain) return true;
  return new Promise((settle) => {
    const on = () => {
      response.off("drain", on);
      response.off("close", on);
      settle(!response.closed && !response.destroyed);
    };
    response.on("drain", on);
    response.on("close", on);
  });
}

/** What nothing else caught. */
const failed: ErrorRequestHandler = (error, request, response, _next) => {
  // Whoever sent it is gone; there is nobody to answer, and nothing went wrong here.
  if (request.destroyed) return void response.destroy();
  report({ kind: "failure", error });
  log.error({ id: response.locals.requestId, ...describeError(error) }, "a request failed");
  if (response.headersSent) return void response.destroy();
  response
    .status(500)
    .type("text/plain")
    .send(`Something went wrong on the server. Reference: ${response.locals.requestId}\n`);
};

function purge() {
  purgeDrafts().catch((error) => log.error(describeError(error), "ended drafts could not be purged"));
  purgeTrash().then(
    (notes) => {
      if (notes === 0) return;
      log.info({ notes }, "purged from the trash, their time being over");
      purgeOldFiles();
    },
    (error) => log.error(describeError(error), "the trash could not be purged"),
  );
}

function purgeOldFiles() {
  purgeFiles().then(
    (files) => files > 0 && log.info({ files }, "removed files that were deleted, or that no text came for"),
    (error) => log.error(describeError(error), "deleted files could not be removed"),
  );
}

function closeServer(server: Server) {
  if (!server.listening) return;
  return new Promise<void>((closed) => {
    const hurry = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(hurry);
      closed();
    });
    server.closeIdleConnections();
  });
}

/** Runs Verso: the server, or the command that the words name. Ends the process with a sentence where it can't. */
export async function run([name, ...words]: string[]) {
  if (name === undefined) return start();
  if (name === "doctor") return doctorCommand(words, fromHere(MIGRATIONS)).catch(quit);
  const command = commands[name];
  if (!command) quit(`Verso knows no command “${name}”, only ${[...Object.keys(commands), "doctor"].join(", ")}.`);
  const { engine } = await open(process.env).catch(quit);
  await command(words).catch(quit);
  engine.close();
}

async function start() {
  const verso = await createVerso(process.env).catch(quit);
  const { host, port, origins } = verso.settings;
  verso.server.on("error", (error) => quit(`Verso can't listen on ${host}:${port} (${error.message}).`));
  verso.server.listen(port, host, () => {
    log.info({ database: verso.settings.databaseFile }, `Verso is at ${origins[0]}`);
    purge();
    purgeOldFiles();
    warmMarkdown();
    readTextsSoon();
    if (development) void broadcastDevReady(build);
  });
  const stop = () => void verso.stop().then(() => process.exit(0), quit);
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

function quit(reason: unknown): never {
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
  process.exit(1);
}

if (!isMainThread && workerData === "markdown") serveMarkdown();
if (!isMainThread && workerData?.doctor) void serveDoctor(workerData.doctor);
if (!isMainThread && workerData === "lab") serveLab((variables) => createVerso(variables, "memory"));
