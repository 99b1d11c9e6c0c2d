import { type MouseEvent, useEffect, useRef } from "react";
import type { Refusal } from "~/http/refusal";

/**
 * What was wrong with a form, above it, each message a link to its field. Takes the focus when it
 * comes: by script, or by autofocus where the page was loaded anew.
 */
export function ErrorSummary({ refusal }: { refusal?: Refusal }) {
  const box = useRef<HTMLElement>(null);
  const { message, errors: reasons } = refusal ?? {};
  useEffect(() => {
    if (message || reasons) box.current?.focus();
  }, [message, reasons]);
  const errors = Object.entries(refusal?.errors ?? {});
  if (!refusal?.message && errors.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noAutofocus: a refused form begins with its reasons
    <section ref={box} className="summary" role="alert" tabIndex={-1} autoFocus aria-labelledby="summary-title">
      <h2 id="summary-title">{refusal?.message ?? "This could not be saved yet"}</h2>
      {errors.length > 0 && (
        <ul>
          {errors.map(([field, messages]) => (
            <li key={field}>
              <a href={`#${field}`} onClick={goToField}>
                {messages.join(" ")}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** With script the field is focused at once: for the router a new fragment is a new page, without the refusal. */
function goToField(event: MouseEvent<HTMLAnchorElement>) {
  const field = document.getElementById(event.currentTarget.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
}
