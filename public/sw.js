// The service worker. It keeps what is nobody's (scripts, styles, the page for when Verso can't be
// reached) and the notes that were written there, until they are sent. Pages of anybody are never kept.

const CACHE = "verso-1";
const OFFLINE = "/offline";
/** The longest title of a note; a longer one begins the text. */
const LONGEST_TITLE = 300;
/** Files of earlier builds go once there are more than this. */
const MOST_FILES = 300;

self.addEventListener("install", (event) => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  // With it the worker's own start holds no page up.
  event.waitUntil(self.registration.navigationPreload?.enable().then(() => self.clients.claim()));
});

/** The page as a visitor gets it, with nobody's name on it, and all files that it names. */
async function keepOfflinePage() {
  const cache = await caches.open(CACHE);
  const page = await fetch(OFFLINE, { credentials: "omit", cache: "no-store" });
  if (!page.ok) throw new Error(`${OFFLINE} answered ${page.status}`);
  const files = [...(await page.clone().text()).matchAll(/(?:href|src)="(\/(?:build\/|[\w-]+\.)[^"]+)"/g)];
  await cache.addAll([...new Set(files.map(([, file]) => file))]);
  await cache.put(OFFLINE, page);
}

/** Once a day the page is fetched anew: Verso may be another one by now. */
async function isOld() {
  const page = await caches.match(OFFLINE, { ignoreVary: true });
  return !page || Date.now() - Date.parse(page.headers.get("Date") ?? "") > 86_400_000;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === "/logout") event.waitUntil(setViewer(null));
  if (request.method === "POST" && pathname === "/share") return event.respondWith(share(event));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (pathname === "/login") event.waitUntil(setViewer(null));
    return event.respondWith(page(event));
  }
  if (pathname.startsWith("/build/")) event.respondWith(file(event));
  else if (/^\/[\w-]+\.(svg|png|js|webmanifest)$/.test(pathname))
    event.respondWith(fetch(request).catch(() => kept(request)));
});

/** What else a page loads when nothing answers. */
async function kept(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
}

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(OFFLINE, { ignoreVary: true })) ?? Response.error();
  }
}

/** A file's name changes with what is in it, so a kept one is the right one. */
async function file(event) {
  const found = await caches.match(event.request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(event.request);
  if (answer.ok && answer.type === "basic") event.waitUntil(keepFile(event.request, answer.clone()));
  return answer;
}

async function keepFile(request, answer) {
  const cache = await caches.open(CACHE);
  await cache.put(request, answer);
  const files = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith("/build/"));
  const old = files.slice(0, Math.max(0, files.length - MOST_FILES));
  await Promise.all(old.map((one) => cache.delete(one)));
}

/** What another app hands over and can't be sent now becomes a note that waits. Files can't: the app still has them. */
async function share(event) {
  const copy = event.request.clone();
  try {
    return await fetch(event.request);
  } catch {
    const form = await copy.formData();
    const word = (name) => String(form.get(name) ?? "").trim();
    const viewer = await getViewer();
    const fits = word("title").length <= LONGEST_TITLE;
    const content = [fits ? "" : word("title"), word("text"), word("url")].filter(Boolean).join("\n\n");
    const title = fits ? word("title") : "";
    if (viewer && title + content !== "")
      await keep({ id: crypto.randomUUID(), viewer, title, content, at: Date.now(), done: true });
    return Response.redirect(OFFLINE, 303);
  }
}

// What pages ask for; each question brings a port for its answer.

self.addEventListener("message", (event) => {
  const { kind, ...words } = event.data ?? {};
  const answer = ANSWERS[kind];
  const tell = (told) => event.ports[0]?.postMessage(told);
  // A full disk is an answer too: whoever asked would wait for ever.
  if (answer) event.waitUntil(answer(words).then(tell, () => tell({ kept: false, why: "full" })));
});

const ANSWERS = {
  /** Somebody has opened a page of theirs: what they wrote without a connection is sent. */
  viewer: async ({ id }) => {
    await setViewer(id);
    const told = await send();
    if (await isOld()) await keepOfflinePage().catch(() => {});
    return told;
  },
  waiting: () => waiting(),
  keep: async ({ note }) => {
    const viewer = await getViewer();
    if (!viewer) return { kept: false, why: "nobody" };
    await keep({ ...note, viewer });
    return { kept: true };
  },
  drop: async ({ id }) => {
    await drop(id);
    return waiting();
  },
  send: () => send(),
};

/** What waits, of whoever has a page open here; null where nobody has. */
async function waiting() {
  const viewer = await getViewer();
  return { viewer, notes: viewer ? (await all()).filter((note) => note.viewer === viewer) : [] };
}

let sending = null;

/** Sends what waits, one after another; a second call meanwhile is the same. */
function send() {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll() {
  const { viewer, notes } = await waiting();
  let trouble = null;
  let sent = 0;
  for (const note of notes) {
    if (!note.done && (await isBeingWritten())) continue;
    const { id, title, content } = note;
    // The server takes it once, and from this person only.
    const body = new URLSearchParams({ title, content, once: id, writer: viewer });
    try {
      const answer = await fetch("/notes?_data=routes%2Fnotes._index", { method: "POST", body });
      const led = answer.headers.get("X-Remix-Redirect") ?? "";
      if (led.startsWith("/notes/")) {
        await dropSent(note);
        sent += 1;
      } else if (answer.status === 401) trouble = "login";
      // Refused for itself: the others go on.
      else if ([409, 413, 422].includes(answer.status)) trouble = "refused";
      else trouble = "offline";
    } catch {
      trouble = "offline";
    }
    if (trouble === "login" || trouble === "offline") break;
  }
  return { ...(await waiting()), sent, trouble };
}

/** Whether a page is open on which a note is written: it holds a lock while it is. */
async function isBeingWritten() {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === "verso-writing");
}

/** Drops a note that has arrived, unless something was written on it meanwhile. */
async function dropSent({ id, title, content }) {
  await within("notes", "readwrite", (notes) => {
    const found = notes.get(id);
    found.onsuccess = () => {
      const { result } = found;
      if (result && result.title === title && result.content === content) notes.delete(id);
    };
    return found;
  });
}

// The notes and whose browser this is, in IndexedDB: they outlive the browser.

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("verso-offline", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("notes", { keyPath: "id" });
      request.result.createObjectStore("facts");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(store, mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

const keep = (note) => within("notes", "readwrite", (notes) => notes.put(note));
const drop = (id) => within("notes", "readwrite", (notes) => notes.delete(id));
const all = async () =>
  (await within("notes", "readonly", (notes) => notes.getAll())).sort((one, other) => one.at - other.at);
const setViewer = (id) => within("facts", "readwrite", (facts) => facts.put(id, "viewer"));
const getViewer = () => within("facts", "readonly", (facts) => facts.get("viewer"));
