import { useFetcher } from "@remix-run/react";
import { type RefObject, useCallback, useEffect, useState } from "react";
import type { Refusal } from "~/http/refusal";
import type { Rendered } from "./markdown/rendered.server";
import { NoteBody } from "./note-body";

/** A form as it was sent, and its text laid out. */
export interface Previewed extends Refusal {
  preview?: Rendered;
}

/** How long after the last key a text is laid out anew, in milliseconds; longer texts wait longer. */
const PAUSE = 300;
const PER_UNIT = 0.02;
/** After how long a text that is still being laid out is asked for again, in milliseconds. */
const AGAIN = 1_000;

/**
 * The preview of a form's text. Without script the server answers the form with one; with script it
 * is opened and closed by its button, and follows what is typed.
 *
 * @param answered what the server answered the whole form with.
 */
export function usePreview(form: RefObject<HTMLFormElement>, action: string, answered: Previewed | undefined) {
  const [open, setOpen] = useState(answered?.preview !== undefined);
  const [blank, setBlank] = useState(false);
  const { submit, data } = useFetcher<Previewed>();

  const send = useCallback(() => {
    if (!form.current) return;
    const fields = new FormData(form.current);
    const content = String(fields.get("content"));
    setBlank(content.trim() === "");
    if (content.trim() === "") return;
    // Only what a preview is made of: a wrong tag is no reason to show none.
    const version = String(fields.get("version") ?? "");
    submit({ title: "", content, next: "preview", ...(version && { version }) }, { method: "post", action });
  }, [form, action, submit]);

  useEffect(() => {
    const element = form.current;
    if (!element || !open) return;
    let timer: number | undefined;
    function typed({ target }: Event) {
      if (!(target instanceof HTMLTextAreaElement)) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(send, PAUSE + target.value.length * PER_UNIT);
    }
    send();
    element.addEventListener("input", typed);
    return () => {
      window.clearTimeout(timer);
      element.removeEventListener("input", typed);
    };
  }, [form, open, send]);

  useEffect(() => {
    if (!open || data?.preview?.formatted !== "later") return;
    const timer = window.setTimeout(send, AGAIN);
    return () => window.clearTimeout(timer);
  }, [open, data, send]);

  const latest = data ?? answered;
  return { open, toggle: () => setOpen(!open), preview: latest?.preview, message: latest?.message, blank };
}

/** A text laid out beside or below its field. */
export function Preview({ of: { preview, message, blank } }: { of: ReturnType<typeof usePreview> }) {
  return (
    <section className="preview" aria-labelledby="preview">
      <h2 id="preview">Preview</h2>
      {message && <p className="hint">{message}</p>}
      {blank && <p className="hint">Nothing is written yet.</p>}
      {!blank && preview && (
        <>
          {preview.formatted !== "yes" && (
            <p className="hint">
              {preview.formatted === "later"
                ? "This text is long, so it is shown as it was typed while it is being laid out."
                : "This text takes too long to lay out or is too deeply nested, so it is shown as it was typed."}
            </p>
          )}
          <NoteBody html={preview.html} />
        </>
      )}
    </section>
  );
}
