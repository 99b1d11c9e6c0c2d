import { useEffect, useState } from "react";

/**
 * With script: files that are pasted or dropped into the text are attached, and what stands for them
 * is written where the caret is when they have arrived. Says how far it is.
 */
export function AttachByScript() {
  const [state, setState] = useState("");
  useEffect(() => {
    const text = document.getElementById("content");
    if (text instanceof HTMLTextAreaElement) return listenTo(text, setState);
  }, []);
  return (
    <p className="state" role="status">
      {state}
    </p>
  );
}

function listenTo(text: HTMLTextAreaElement, say: (state: string) => void) {
  const end = new AbortController();
  const send = async (event: Event, files: File[]) => {
    event.preventDefault();
    const answer = await upload(files, (part) => say(`Attaching ${named(files)}: ${Math.floor(part * 100)} %`));
    await composed(text);
    if (answer.markdown.length > 0) write(text, answer.markdown.join("\n"));
    say(answer.trouble ?? "");
  };
  const { signal } = end;
  text.addEventListener(
    "paste",
    (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      // From a spreadsheet comes a picture of the text too: the text is meant.
      if (files.length > 0 && !event.clipboardData?.types.includes("text/plain")) void send(event, files);
    },
    { signal },
  );
  text.addEventListener(
    "dragover",
    (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    },
    { signal },
  );
  text.addEventListener(
    "drop",
    (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) void send(event, files);
    },
    { signal },
  );
  return () => end.abort();
}

function named([first, ...more]: File[]) {
  return more.length === 0 ? `“${first?.name}”` : `${more.length + 1} files`;
}

interface Uploaded {
  markdown: string[];
  /** What was not attached, in a sentence. */
  trouble: string | null;
}

/** Sends files for a text that isn't saved yet. XMLHttpRequest, since fetch tells nothing of how far it is. */
function upload(files: File[], onPart: (part: number) => void): Promise<Uploaded> {
  const form = new FormData();
  for (const file of files) form.append("files", file);
  return new Promise((resolve) => {
    const asking = new XMLHttpRequest();
    const lost = () => resolve({ markdown: [], trouble: `Verso could not be reached: ${named(files)} not attached.` });
    asking.open("POST", "/files?for=text&_data=routes%2Ffiles._index");
    asking.upload.addEventListener("progress", ({ loaded, total }) => onPart(loaded / total));
    asking.addEventListener("error", lost);
    asking.addEventListener("load", () => {
      const answer = read(asking.responseText);
      const reasons = [answer?.message, ...(answer?.errors?.files ?? [])].filter(Boolean);
      const trouble = asking.status === 200 ? null : reasons.join(" ") || `${named(files)} was not attached.`;
      // Of a refusal by somebody else, `kept` is what was typed.
      const kept = Array.isArray(answer?.kept) ? answer.kept : [];
      resolve({ markdown: kept.map(({ markdown }) => markdown), trouble });
    });
    asking.send(form);
  });
}

interface Answer {
  kept?: { markdown: string }[] | object | null;
  message?: string;
  errors?: { files?: string[] };
}

function read(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}

/** Waits while letters are being composed: writing then would break the word. */
function composed(text: HTMLTextAreaElement) {
  if (!composing.has(text)) return;
  return new Promise<void>((go) => text.addEventListener("compositionend", () => go(), { once: true }));
}

const composing = new WeakSet<EventTarget>();
if (typeof document !== "undefined") {
  document.addEventListener("compositionstart", ({ target }) => target && composing.add(target));
  document.addEventListener("compositionend", ({ target }) => target && composing.delete(target));
}

/** Writes where the caret is, so that it can be undone where the browser lets it. */
function write(text: HTMLTextAreaElement, words: string) {
  // Behind what is selected by now, and not in its place.
  text.setSelectionRange(text.selectionEnd, text.selectionEnd);
  // Deprecated, and the only way that keeps what Ctrl+Z takes back.
  const typed = document.activeElement === text && document.execCommand("insertText", false, words);
  if (typed) return;
  text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
