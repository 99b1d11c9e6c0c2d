import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { DraftKeeper, type KeeperState } from "./draft-keeper";
import { sameTags } from "./same-tags";
import { dropWaitingNotes, waitingNotes } from "./waiting-notes";

/** Whose draft, of which note (or `new`), written on which version; a new note has none. */
export interface DraftOf {
  viewerId: string;
  note: string;
  version?: number | string;
}

export interface Draft {
  key: string;
  /** That it is written on; "" for a new note. */
  version: string;
  title: string;
  content: string;
  /** Where it files the note, where that is another place than the note's own. */
  tags?: string;
  notebook?: string;
  /** When it was kept, in milliseconds. */
  at: number;
  /** Written on the version that the form shows, so that it can be put into the form. */
  current: boolean;
  /** The same on the server: where that has this sequence, or a later one, this one is needless. */
  id?: string;
  sequence?: number;
}

/** What of a form is in the database already; null where nothing of it is. */
export type SavedText = { title: string; content: string; tags?: string; notebook?: string } | null;

/** How it stands with what is typed and not saved. */
export interface DraftState {
  server: KeeperState;
  /** It is kept in this browser too: always, until the server has it. */
  here: boolean;
}

/** How long after the last key a draft is kept in this browser, in milliseconds. */
const PAUSE = 400;

interface Options {
  saving: boolean;
  /** Another value after each save that came back to this form. */
  goesOn?: string | null;
  /** What is in the form came back unsaved: it is a draft before anything is typed. */
  unsaved?: boolean;
  /** Drafts on the server that are in the form already, or that the page offers. */
  known?: { id: string; sequence: number }[];
  /** Drafts that a save of the form ends besides its own: see `settles` of its schema. */
  settles?: string;
}

/**
 * Keeps what is typed until it is saved: in this browser at once, on the server two seconds later, and
 * here no longer once it is there. Finds what an earlier page left in this browser, after a crash or
 * in a tunnel. A draft of an older version is shown, never put in by itself.
 *
 * @returns `name` of the draft that this form keeps, in this browser and on the server, for its `draft`
 * field; null without script. What is saved names its draft, see {@link useForgetDrafts}.
 */
export function useDraft(
  form: RefObject<HTMLFormElement>,
  { viewerId, note, version = "" }: DraftOf,
  saved: SavedText,
  { saving, goesOn = null, unsaved = saved === null, known = NONE, settles = "" }: Options,
) {
  const [found, setFound] = useState<Draft[]>([]);
  const [server, setServer] = useState<KeeperState>({ kind: "none" });
  const [here, setHere] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const prefix = prefixOf(viewerId, note);
  // What the listeners below read: each time as it is then. `submitted`: the text that is on its way.
  const now = useRef<{ saved: SavedText; settles: string; submitted: string | null }>({
    saved,
    settles,
    submitted: null,
  });
  Object.assign(now.current, { saved, settles });
  const keeper = useRef<DraftKeeper | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known already is known when the form opens
  useEffect(() => {
    const element = form.current;
    if (!element) return;
    const later = (draft: Draft) =>
      known.some(({ id, sequence }) => id === draft.id && sequence >= (draft.sequence ?? 0));
    const own = keeper.current && keysOf(prefix, keeper.current);
    const drafts = readDrafts(prefix).filter(({ key }) => key !== own?.draft && key !== own?.later);
    for (const needless of drafts.filter(later)) localStorage.removeItem(needless.key);
    setFound(
      drafts
        .filter((other) => !later(other))
        .map((other) => ({ ...other, current: note === "new" || other.version === String(version) }))
        .filter((other) => isChanged(element, { ...now.current.saved, ...other })),
    );
  }, [form, prefix, version, note]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one for each time that a form is opened
  useEffect(() => {
    const element = form.current;
    if (!element) return;
    const made = new DraftKeeper(
      {
        read: () => ({
          owner: viewerId,
          note: note === "new" ? "" : note,
          version: textOf(element, "version") || "0",
          title: textOf(element, "title"),
          content: textOf(element, "content"),
          ...filingOf(element, note === "new" ? UNFILED : now.current.saved),
          settles: now.current.settles,
        }),
        tell: setServer,
        arrived() {
          forget(keysOf(prefix, made));
          setHere(false);
        },
      },
      // A new note's form may be opened with a notebook: that alone is no draft.
      saved && { ...(note === "new" && filingOf(element, UNFILED)), title: saved.title, content: saved.content },
    );
    keeper.current = made;
    setName(made.name);
    if (unsaved) made.typed();

    let timer: number | undefined;
    const keepHere = () => {
      window.clearTimeout(timer);
      if (forgotten || made.hasArrived()) return;
      const { draft, later } = keysOf(prefix, made);
      const key = isTypedSince(element, now.current.submitted) ? later : draft;
      if (isChanged(element, now.current.saved)) setHere(store(key, element, made, now.current.saved));
    };
    const typed = () => {
      forgotten = false;
      window.clearTimeout(timer);
      timer = window.setTimeout(keepHere, PAUSE);
      made.typed();
    };
    // Another form for the same note, as on the page of a conflict, ends the draft too.
    const saves = ({ target }: Event) => target instanceof HTMLFormElement && target.action === element.action;
    const submit = (event: Event) => {
      if (!saves(event)) return;
      keepHere();
      now.current.submitted = wordsOf(element);
      made.rest();
    };
    // Said as the form is read: React would put a field that was changed back to what it was.
    const settle = (event: FormDataEvent) => {
      if (saves(event)) event.formData.set("settles", withOwn(now.current.settles, made));
    };
    const hide = () => {
      if (document.visibilityState === "visible" && !leaving) return void made.retry();
      keepHere();
      // What was submitted is on its way already; what was typed after it is not.
      const { submitted } = now.current;
      if (submitted === null || isTypedSince(element, submitted)) made.hide();
    };
    let leaving = false;
    const leave = () => {
      leaving = true;
      hide();
      leaving = false;
    };
    const retry = () => made.retry();
    element.addEventListener("input", typed);
    element.addEventListener("change", typed);
    document.addEventListener("submit", submit, true);
    document.addEventListener("formdata", settle);
    document.addEventListener("visibilitychange", hide);
    window.addEventListener("pagehide", leave);
    window.addEventListener("online", retry);
    window.addEventListener("focus", retry);
    return () => {
      leave();
      made.close();
      element.removeEventListener("input", typed);
      element.removeEventListener("change", typed);
      document.removeEventListener("submit", submit, true);
      document.removeEventListener("formdata", settle);
      document.removeEventListener("visibilitychange", hide);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("online", retry);
      window.removeEventListener("focus", retry);
    };
  }, [form, prefix, viewerId, note]);

  useEffect(() => {
    const element = form.current;
    const { submitted, saved } = now.current;
    if (saving || submitted === null || !element) return;
    now.current.submitted = null;
    // The answer was a refusal, or nothing: what is in the form is still a draft.
    if (!goesOn && isChanged(element, saved)) keeper.current?.typed();
  }, [form, saving, goesOn]);

  const savedTitle = saved?.title;
  const savedContent = saved?.content;
  const savedTags = saved?.tags;
  const savedNotebook = saved?.notebook;
  useEffect(() => {
    const element = form.current;
    if (!goesOn || !element || !keeper.current) return;
    const text = { title: savedTitle ?? "", content: savedContent ?? "" };
    keeper.current.rest(text);
    const own = keysOf(prefix, keeper.current);
    forget(own);
    // What was typed while the save was under way is a draft again, of the new version.
    const later = isChanged(element, { ...text, tags: savedTags, notebook: savedNotebook });
    if (later) keeper.current.typed();
    setHere(later && store(own.draft, element, keeper.current, now.current.saved));
  }, [form, prefix, savedTitle, savedContent, savedTags, savedNotebook, goesOn]);

  const discard = useCallback((other: Draft) => {
    localStorage.removeItem(other.key);
    setFound((drafts) => drafts.filter((one) => one.key !== other.key));
  }, []);

  const use = useCallback(
    (other: Draft) => {
      const element = form.current;
      if (!element || !keeper.current) return;
      put(element, "title", other.title);
      put(element, "content", other.content);
      if (other.tags !== undefined) put(element, "tags", other.tags);
      if (other.notebook !== undefined) put(element, "notebook", other.notebook);
      // From here on it is this form's draft, and goes when this form is saved.
      const { draft } = keysOf(prefix, keeper.current);
      if (store(draft, element, keeper.current, now.current.saved)) localStorage.removeItem(other.key);
      setFound((drafts) => drafts.filter((one) => one.key !== other.key));
    },
    [form, prefix],
  );

  const state: DraftState = { server: saving ? { kind: "none" } : server, here: here && !saving };
  return { found, state, use, discard, name };
}

const NONE: never[] = [];

const UNFILED = { tags: "", notebook: "" };

/** Where the form files the note, as far as that is changed; nothing where it has no such fields. */
function filingOf(form: HTMLFormElement, saved: { tags?: string; notebook?: string } | null) {
  const { tags = "", notebook = "" } = saved ?? UNFILED;
  const [typed, chosen] = [fieldOf(form, "tags")?.value, fieldOf(form, "notebook")?.value];
  const changed: Record<string, string> = {};
  if (typed !== undefined && !sameTags(typed, tags)) changed.tags = typed;
  if (chosen !== undefined && chosen !== notebook) changed.notebook = chosen;
  return changed;
}

/** The form's own draft, up to what it sent last, beside the others that it ends. */
function withOwn(settles: string, { name, sequence }: DraftKeeper) {
  const others = settles.split(",").filter((one) => one !== "" && !one.startsWith(name));
  return [...others, ...(sequence > 0 ? [`${name}.${sequence}`] : [])].join(",");
}

/** On the page that follows a save: the drafts that the address names have arrived, so they can go. */
export function useForgetDrafts(viewerId: string, note: string, names: string | null) {
  useEffect(() => {
    for (const name of names?.split(",") ?? [])
      for (const kind of [note, "new"]) localStorage.removeItem(prefixOf(viewerId, kind) + name);
  }, [viewerId, note, names]);
}

/** A person who signs out has said that their drafts may go: the page that goes keeps none of them again. */
let forgotten = false;

/** Signing out takes the person's drafts out of this browser, for the sake of shared machines: asks first. */
export function useAskBeforeSignOut(viewerId: string | undefined) {
  useEffect(() => {
    if (!viewerId) return;
    const ask = (event: SubmitEvent) => {
      const drafts = Object.keys(localStorage).filter((key) => key.startsWith(`verso draft ${viewerId} `));
      const leaves = event.target instanceof HTMLFormElement && new URL(event.target.action).pathname === "/logout";
      const unsaved = drafts.length + waitingNotes();
      if (!leaves || unsaved === 0) return;
      const what = unsaved === 1 ? "A draft that is not saved yet" : `${unsaved} drafts that are not saved yet`;
      if (!window.confirm(`${what} will be deleted from this device. Sign out?`)) return event.preventDefault();
      for (const key of drafts) localStorage.removeItem(key);
      forgotten = true;
      dropWaitingNotes();
    };
    document.addEventListener("submit", ask);
    return () => document.removeEventListener("submit", ask);
  }, [viewerId]);
}

/** Whether anything in the form is not in the database. */
export function isChanged(form: HTMLFormElement, saved: SavedText) {
  if (saved === null || textOf(form, "title") !== saved.title || textOf(form, "content") !== saved.content) return true;
  return Object.keys(filingOf(form, saved)).length > 0;
}

function wordsOf(form: HTMLFormElement) {
  return JSON.stringify([textOf(form, "title"), textOf(form, "content"), textOf(form, "tags")]);
}

/** Whether the form holds something else than what is on its way. */
function isTypedSince(form: HTMLFormElement, submitted: string | null) {
  return submitted !== null && wordsOf(form) !== submitted;
}

/**
 * Where a form keeps its draft in this browser: nowhere where another form does. `later` is what is typed
 * after a save was sent, which that save doesn't name.
 */
function keysOf(prefix: string, { name }: DraftKeeper) {
  return { draft: prefix + name, later: `${prefix}${name}-later` };
}

function forget({ draft, later }: ReturnType<typeof keysOf>) {
  localStorage.removeItem(draft);
  localStorage.removeItem(later);
}

function prefixOf(viewerId: string, note: string) {
  return `verso draft ${viewerId} ${note} `;
}

function readDrafts(prefix: string): Draft[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => {
      try {
        // Drafts had the version for their name once.
        const version = key.slice(prefix.length);
        return [{ version, ...JSON.parse(localStorage.getItem(key) ?? ""), key, current: false } as Draft];
      } catch {
        return [];
      }
    });
}

/** @returns false where the browser has no room, or keeps nothing. */
function store(key: string, form: HTMLFormElement, { name, sequence }: DraftKeeper, saved: SavedText) {
  try {
    const text = { title: textOf(form, "title"), content: textOf(form, "content"), at: Date.now() };
    const draft = {
      ...text,
      ...filingOf(form, saved),
      version: textOf(form, "version"),
      id: name,
      sequence: sequence + 1,
    };
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function fieldOf(form: HTMLFormElement, name: string) {
  const field = form.elements.namedItem(name);
  const typed = [HTMLInputElement, HTMLTextAreaElement, HTMLSelectElement];
  return typed.some((kind) => field instanceof kind) ? (field as HTMLInputElement) : null;
}

function textOf(form: HTMLFormElement, name: string) {
  return fieldOf(form, name)?.value ?? "";
}

function put(form: HTMLFormElement, name: string, value: string) {
  const field = fieldOf(form, name);
  if (!field) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
