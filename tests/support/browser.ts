import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { findChromium } from "../../bin/chromium.mjs";
import { recordOf } from "./back";
import { takeLog } from "./log";
import { ADA, startVerso, type TestVerso } from "./verso";

let browser: Browser;

/** One Chromium for a test file. */
export function oneBrowser() {
  beforeAll(async () => {
    const path = await findChromium();
    if (!path) throw new Error("The browser tests need Chromium; npm test installs it.");
    const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const quiet = [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ];
    browser = await chromium.launch({ executablePath: path, args: [...root, ...quiet] });
  });
  afterAll(() => browser.close());
}

export interface Visit {
  verso: TestVerso;
  context: BrowserContext;
  page: Page;
  script: boolean;
  /** What the browser complained of; checked at the end. */
  complaints: string[];
}

export type Settings = Parameters<Browser["newContext"]>[0] & { empty?: boolean };

/** A browser of its own, with script or without, at a Verso of its own. Fails on any complaint of the browser. */
export async function visit(
  script: boolean,
  work: (visit: Visit) => Promise<void>,
  { empty, ...settings }: Settings = {},
) {
  takeLog();
  const verso = await startVerso({ empty, environment: { LOG_LEVEL: "debug" } });
  const context = await browser.newContext({
    javaScriptEnabled: script,
    baseURL: verso.origin,
    viewport: { width: 1280, height: 800 },
    // It would ask for pages itself, past what a test does to the page's requests.
    serviceWorkers: "block",
    ...settings,
  });
  if (!script) plain.add(context);
  const complaints: string[] = [];
  context.on("page", (page) => {
    // A turn of the page that the browser calls off, since a question came between, is no fault of the page.
    page.on("pageerror", (error) => /ViewTransition/.test(String(error)) || complaints.push(String(error)));
    page.on("console", (message) => {
      // Chromium notes each answer of 400 and more; the tests look at those themselves.
      if (/error|warning/.test(message.type()) && !/Failed to load resource|blocked by Playwright/.test(message.text()))
        complaints.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(verso.origin)) complaints.push(`asked ${request.url()}`);
    });
  });
  try {
    await work({ verso, context, page: await context.newPage(), script, complaints });
    expect(complaints).toEqual([]);
    await turnEveryPage(verso, context);
    await expectNoSecrets(verso, context, [takeLog()]);
  } finally {
    await context.close();
    await verso.stop();
  }
}

/** Does what makes the browser ask, and answers it; what was asked. Two questions can't meet, however late one comes. */
export async function answering(page: Page, answer: "accept" | "dismiss", work: () => Promise<unknown>) {
  const asked = page.waitForEvent("dialog").then(async (dialog) => {
    await dialog[answer]();
    return dialog.message();
  });
  return (await Promise.all([asked, work()]))[0];
}

/**
 * Looks at the back of everything that the browser's login asked for, at the plan of each statement,
 * at comparisons and at what a file would hold: none holds a secret.
 */
async function turnEveryPage(verso: TestVerso, context: BrowserContext) {
  const client = verso.visitor();
  for (const { name, value } of await context.cookies()) client.cookies.set(name, value);
  const answer = await client.get("/trash");
  if (!answer.headers["server-timing"]) return;
  const latest = recordOf(answer);
  const first = await client.get(`/back/${latest}`);
  const others = [...new Set(first.text.match(/\/back\/[\w-]{22}/g))];
  const backs = [first, ...(await Promise.all(others.map((path) => client.get(path))))];
  const plans = new Set(backs.flatMap(({ text }) => text.match(/\/back\/[\w-]{22}\/plan\/\d+/g) ?? []));
  expect(plans.size).toBeGreaterThan(0);
  for (const path of plans) backs.push(await client.get(path));
  for (const path of others)
    for (const part of [`/compare?with=${latest}`, "/keep", "/keep.html", "/keep.har"])
      backs.push(await client.get(path + part));
  await expectNoSecrets(
    verso,
    context,
    backs.map(({ text }) => text),
  );
}

/** None of the texts has anybody's words, the name of a file, an e-mail address, a password, a hash, or what a cookie holds. */
async function expectNoSecrets(verso: TestVerso, context: BrowserContext, texts: string[]) {
  const { writer } = verso.engine as SqliteEngine;
  const words = writer.prepare(WORDS).pluck().all() as string[];
  const tokens = (await context.cookies()).map(({ value }) => decodeURIComponent(value).split(".")[0] ?? "");
  const secrets = [...words, ...tokens, ...verso.settings.secrets, ADA.password, ADA.email, "$argon2"];
  for (const text of texts) {
    expect(text).not.toBe("");
    for (const secret of secrets) for (const form of formsOf(secret)) expect(text.includes(form), form).toBe(false);
  }
}

/** Each line of a secret that is long enough to be no other's, as it is, as HTML and as JSON have it. */
function formsOf(secret: string) {
  const lines = secret.split(/\r?\n/).filter((line) => line.length > 12);
  return lines.flatMap((line) => [line, renderToStaticMarkup(line), JSON.stringify(line).slice(1, -1)]);
}

const WORDS = `
  select title from notes union select content from notes union select content from note_versions
  union select change from note_versions union select title from drafts union select content from drafts
  union select name from notebooks union select name from tags union select name from saved_searches
  union select email from users
  union select name from files
  union select source from imports union select path from imported_files
  union select json_extract(file.value, '$.path') from imports, json_each(report, '$.files') as file`;

/** The same spec with script on and off. */
export function withAndWithoutScript(title: string, work: (visit: Visit) => Promise<void>, settings: Settings = {}) {
  describe(title, () => {
    test("with script", () => visit(true, work, settings));
    test("without script", () => visit(false, work, settings));
  });
}

export async function signIn(page: Page, person = ADA) {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Notes", level: 1 }).waitFor();
}

/** Writes a note by the form. @returns its address. */
export async function write(page: Page, title: string, content: string) {
  await open(page, "/notes/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Text").fill(content);
  await save(page);
  await page.locator("article.note").waitFor();
  return new URL(page.url()).pathname;
}

/** Goes to a page where something is to be typed or pressed. */
export async function open(page: Page, path: string) {
  await page.goto(path);
  await ready(page);
}

/** The field for a note's text. */
export function textOf(page: Page) {
  return page.getByRole("textbox", { name: "Text" });
}

export function save(page: Page) {
  return page.getByRole("button", { name: "Save", exact: true }).click();
}

/** No form reaches the server until the page's routes are taken away again. */
export function unreachable(page: Page) {
  return page.route("**/*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
}

const KEEP = "**/drafts/*/keep";

/** No draft reaches the server, but for one that is sent as its page closes. */
export function draftsUnreachable(page: Page) {
  return page.context().route(KEEP, (route) => route.abort());
}

/** They reach it again. */
export function draftsReachable(page: Page) {
  return page.context().unroute(KEEP);
}

/** What the page offers of what was typed and not saved. */
export function offers(page: Page) {
  return page.getByRole("region", { name: "Unsaved draft" });
}

/** Contexts in which no script runs. */
const plain = new WeakSet<BrowserContext>();

/** With script, waits until React has taken the page over; without, there is nothing to wait for. */
export async function ready(page: Page) {
  if (plain.has(page.context())) return;
  await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith("__react")));
}
