import { type RefObject, useCallback, useEffect, useState } from "react";
import { dropWaitingNotes, waitingNotes } from "./waiting-notes";

/** Whose draft, of which note (or `new`), under which name: the version it is written on, or the new form's `once`. */
export interface DraftName {
  viewerId: string;
  note: string;
  name: string;
}

export interface Draft {
  key: string;
  title: string;
  content: string;
  /** When it was kept, in milliseconds. */
  at: number;
  /** Written on the version that the form shows, so that it can be put into the form. */
  current: boolean;
}

/** What of a form is in the database already; null where nothing of it is. */
export type SavedText = { title: string; content: string } | null;

/** How long after the last key the draft is kept, in milliseconds. */
const PAUSE = 400;

/**
 * Keeps what is typed in this browser until it is saved, and finds what an earlier page left: after
 * a crash, a killed tab, a full disk. A draft of an older version is shown, never put in by itself.
 *
 * @param goesOn another value after each save that came back to this form.
 * @returns `name` for the form's `draft` field, null without script: what is saved names its draft,
 * see {@link useForgetDrafts}.
 */
export function useDraft(
  form: RefObject<HTMLFormElement>,
  draft: DraftName,
  saved: SavedText,
  saving: boolean,
  goesOn: string | null = null,
) {
  const [found, setFound] = useState<Draft[]>([]);
  const [keptAt, setKeptAt] = useState<number | null>(null);
  const [scripted, setScripted] = useState(false);
  const prefix = prefixOf(draft.viewerId, draft.note);
  const key = prefix + draft.name;
  const savedTitle = saved?.title;
  const savedContent = saved?.content;

  useEffect(() => {
    const element = form.current;
    if (!element) return;
    setScripted(true);
    setFound(
      readDrafts(prefix)
        .map((other) => ({ ...other, current: prefix === prefixOf(draft.viewerId, "new") || other.key === key }))
        .filter((other) => other.title !== textOf(element, "title") || other.content !== textOf(element, "content")),
    );
  }, [form, prefix, key, draft.viewerId]);

  useEffect(() => {
    const element = form.current;
    if (!goesOn || !element) return;
    // What was typed while the save was under way is a draft again, of the new version.
    const later = isChanged(element, { title: savedTitle ?? "", content: savedContent ?? "" });
    setKeptAt(later && store(key, element) ? Date.now() : null);
  }, [form, key, savedTitle, savedContent, goesOn]);

  useEffect(() => {
    const element = form.current;
    if (!element) return;
    const before = savedTitle === undefined ? null : { title: savedTitle, content: savedContent ?? "" };
    let timer: number | undefined;
    const keep = () => {
      window.clearTimeout(timer);
      if (isChanged(element, before) && store(key, element)) setKeptAt(Date.now());
    };
    const typed = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, PAUSE);
    };
    element.addEventListener("input", typed);
    element.addEventListener("submit", keep);
    document.addEventListener("visibilitychange", keep);
    window.addEventListener("pagehide", keep);
    return () => {
      window.clearTimeout(timer);
      element.removeEventListener("input", typed);
      element.removeEventListener("submit", keep);
      document.removeEventListener("visibilitychange", keep);
      window.removeEventListener("pagehide", keep);
    };
  }, [form, key, savedTitle, savedContent]);

  const discard = useCallback((other: Draft) => {
    localStorage.removeItem(other.key);
    setFound((drafts) => drafts.filter((one) => one.key !== other.key));
  }, []);

  const use = useCallback(
    (other: Draft) => {
      const element = form.current;
      if (!element) return;
      put(element, "title", other.title);
      put(element, "content", other.content);
      // From here on it is this form's draft, and goes when this form is saved.
      if (other.key !== key && store(key, element)) localStorage.removeItem(other.key);
      setFound((drafts) => drafts.filter((one) => one.key !== other.key));
    },
    [form, key],
  );

  return { found, keptAt: saving ? null : keptAt, use, discard, name: scripted ? draft.name : null };
}

/** On the page that follows a save: the drafts that the address names have arrived, so they can go. */
export function useForgetDrafts(viewerId: string, note: string, names: string | null) {
  useEffect(() => {
    for (const name of names?.split(",") ?? [])
      for (const kind of [note, "new"]) localStorage.removeItem(prefixOf(viewerId, kind) + name);
  }, [viewerId, note, names]);
}

/** Signing out clears this browser's storage, for the sake of shared machines: asks first where drafts would go with it. */
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
      dropWaitingNotes();
    };
    document.addEventListener("submit", ask);
    return () => document.removeEventListener("submit", ask);
  }, [viewerId]);
}

/** Whether anything in the form is not in the database. */
export function isChanged(form: HTMLFormElement, saved: SavedText) {
  return saved === null || textOf(form, "title") !== saved.title || textOf(form, "content") !== saved.content;
}

function prefixOf(viewerId: string, note: string) {
  return `verso draft ${viewerId} ${note} `;
}

function readDrafts(prefix: string): Draft[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => {
      try {
        return [{ ...JSON.parse(localStorage.getItem(key) ?? ""), key, current: false } as Draft];
      } catch {
        return [];
      }
    });
}

/** @returns false where the browser has no room, or keeps nothing. */
function store(key: string, form: HTMLFormElement) {
  try {
    const draft = { title: textOf(form, "title"), content: textOf(form, "content"), at: Date.now() };
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function fieldOf(form: HTMLFormElement, name: string) {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null;
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
