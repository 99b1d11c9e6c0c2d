// The page for when Verso can't be reached: keeps what is typed there with the service worker, and
// shows what waits to be sent.

const form = document.querySelector("#offline-note");
const list = document.querySelector("#waiting");
const state = document.querySelector("#offline-state");
const PAUSE = 400;

let id = crypto.randomUUID();
let at = Date.now();
let clock = null;

async function ask(kind, words = {}) {
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    active.postMessage({ kind, ...words }, [port2]);
  });
}

const field = (name) => form.elements.namedItem(name);

async function keep(done) {
  clearTimeout(clock);
  const [title, content] = [field("title").value, field("content").value];
  if (title.trim() === "" && content.trim() === "") return;
  const { kept, why } = await ask("keep", { note: { id, title, content, at, done } });
  state.textContent = kept ? "Kept on this device." : NOT_KEPT[why];
  if (kept && done) begin({ id: crypto.randomUUID(), at: Date.now(), title: "", content: "" });
  show(await ask("waiting"));
}

function begin(note) {
  ({ id, at } = note);
  field("title").value = note.title;
  field("content").value = note.content;
}

function show({ viewer, notes, trouble, sent }) {
  // What is in it already stays in sight, to be copied.
  form.hidden = !viewer && field("title").value + field("content").value === "";
  const waiting = notes.filter((note) => note.id !== id);
  list.replaceChildren(...waiting.map(item));
  document.querySelector("#nothing-waits").hidden = waiting.length > 0;
  document.querySelector("#nobody").hidden = Boolean(viewer);
  if (sent) state.textContent = sent === 1 ? "1 note has been sent." : `${sent} notes have been sent.`;
  if (trouble) state.textContent = TROUBLE[trouble];
}

const NOT_KEPT = {
  nobody: "Nobody is signed in on this device, so this can’t be kept. Copy it before you leave.",
  full: "This device has no room left, so this can’t be kept. Copy it before you leave.",
};

const TROUBLE = {
  offline: "Verso can’t be reached yet. What waits here is sent as soon as it can be.",
  login: "Sign in, and what waits here is sent.",
  refused: "Verso refused a note. It stays here; write on it, or copy it.",
};

function item(note) {
  const line = document.createElement("li");
  const title = document.createElement("bdi");
  title.textContent = note.title || note.content.slice(0, 60) || "Untitled";
  line.append(
    title,
    " ",
    button("Write on", () =>
      keep(true)
        .then(() => begin(note))
        .then(refresh),
    ),
    " ",
  );
  const sure = button("Drop", () => {
    sure.replaceWith(button("Drop it for good", () => ask("drop", { id: note.id }).then(show)));
  });
  line.append(sure);
  return line;
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

const refresh = async () => show(await ask("waiting"));
const send = async () => show(await ask("send"));

form.addEventListener("input", () => {
  clearTimeout(clock);
  clock = setTimeout(() => keep(false), PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep(true).then(send);
});
addEventListener("pagehide", () => keep(false));
addEventListener("online", send);
document.querySelector("#try-again").addEventListener("click", send);

// Held as long as this page is open: what is half written is not sent from under its writer.
navigator.locks?.request("verso-writing", { mode: "shared" }, () => new Promise(() => {}));
refresh().then(send);
