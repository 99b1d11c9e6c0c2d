import { type RefObject, useCallback, useEffect, useState } from "react";

/** Whose draft, of which note, on top of which version. */
export interface DraftName {
  viewerId: string;
  note: string;
  version?: number;
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

/** How long after the last key the draft is kept, in milliseconds. */
const PAUSE = 400;

/**
 * Keeps what is typed in this browser until it is saved, and finds what an earlier page left: after
 * a crash, a killed tab, a full disk. A draft of an older version is shown, never put in by itself.
 */
export function useDraft(form: RefObject<HTMLFormElement>, name: DraftName | undefined, saving: boolean) {
  const [found, setFound] = useState<Draft[]>([]);
  const [keptAt, setKeptAt] = useState<number | null>(null);
  const { viewerId, note, version } = name ?? {};

  useEffect(() => {
    if (!viewerId || !note || !form.current) return;
    const element = form.current;
    const prefix = prefixOf(viewerId, note);
    const key = note === "new" ? `${prefix}${textOf(element, "once")}` : `${prefix}${version}`;
    setFound(
      readDrafts(prefix)
        .map((draft) => ({ ...draft, current: note === "new" || draft.key === key }))
        .filter((draft) => differs(draft, element)),
    );

    let timer: number | undefined;
    const keep = () => {
      window.clearTimeout(timer);
      if (
        isChanged(element) &&
        store(key, {
          title: textOf(element, "title"),
          content: textOf(element, "content"),
          at: Date.now(),
          sent: false,
        })
      ) {
        setKeptAt(Date.now());
      }
    };
    const typed = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, PAUSE);
    };
    const sent = () => {
      keep();
      markSent(key);
    };
    element.addEventListener("input", typed);
    element.addEventListener("submit", sent);
    document.addEventListener("visibilitychange", keep);
    window.addEventListener("pagehide", keep);
    return () => {
      window.clearTimeout(timer);
      element.removeEventListener("input", typed);
      element.removeEventListener("submit", sent);
      document.removeEventListener("visibilitychange", keep);
      window.removeEventListener("pagehide", keep);
    };
  }, [form, viewerId, note, version]);

  const discard = useCallback((draft: Draft) => {
    localStorage.removeItem(draft.key);
    setFound((drafts) => drafts.filter(({ key }) => key !== draft.key));
  }, []);

  const use = useCallback(
    (draft: Draft) => {
      put(form.current, "title", draft.title);
      put(form.current, "content", draft.content);
      setFound((drafts) => drafts.filter(({ key }) => key !== draft.key));
    },
    [form],
  );

  return { found, keptAt: saving ? null : keptAt, use, discard };
}

/** On the page that shows a saved note: what was sent from here has arrived, so its draft can go. */
export function useForgetSentDrafts(viewerId: string, note: string) {
  useEffect(() => {
    for (const prefix of [prefixOf(viewerId, note), prefixOf(viewerId, "new")]) {
      for (const draft of readDrafts(prefix)) if (draft.sent) localStorage.removeItem(draft.key);
    }
  }, [viewerId, note]);
}

function prefixOf(viewerId: string, note: string) {
  return `verso draft ${viewerId} ${note} `;
}

interface Stored {
  title: string;
  content: string;
  at: number;
  sent: boolean;
}

function readDrafts(prefix: string): (Stored & { key: string; current: boolean })[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => {
      try {
        return [{ ...(JSON.parse(localStorage.getItem(key) ?? "") as Stored), key, current: false }];
      } catch {
        return [];
      }
    });
}

/** @returns false where the browser has no room, or keeps nothing. */
function store(key: string, draft: Stored) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function markSent(key: string) {
  const [draft] = readDrafts(key);
  if (draft) store(key, { title: draft.title, content: draft.content, at: draft.at, sent: true });
}

function differs(draft: Stored, form: HTMLFormElement) {
  return draft.title !== textOf(form, "title") || draft.content !== textOf(form, "content");
}

function fieldOf(form: HTMLFormElement | null, name: string) {
  const field = form?.elements.namedItem(name);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null;
}

function textOf(form: HTMLFormElement, name: string) {
  return fieldOf(form, name)?.value ?? "";
}

function put(form: HTMLFormElement | null, name: string, value: string) {
  const field = fieldOf(form, name);
  if (!field) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Whether anything in the form is not what the page came with. */
export function isChanged(form: HTMLFormElement) {
  return ["title", "content"].some((name) => {
    const field = fieldOf(form, name);
    return field !== null && field.value !== field.defaultValue;
  });
}
