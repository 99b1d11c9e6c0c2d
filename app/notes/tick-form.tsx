import { useFetcher } from "@remix-run/react";
import { type FormEvent, useEffect, useRef } from "react";
import type { Refusal } from "~/http/refusal";
import { NoteBody } from "./note-body";

interface Props {
  id: string;
  html: string;
  /** Shown only, as in the trash. */
  locked: boolean;
}

/** A note's text, and where it has tasks, a form to tick them. */
export function TickableBody({ id, html, locked }: Props) {
  // Only its code makes a button: a writer's `<` is `&#x3C;` here.
  return html.includes("<button ") ? <TickForm id={id} html={html} locked={locked} /> : <NoteBody html={html} />;
}

/**
 * Each box is a button of this form, its value the name of the task. With script the page stays as
 * it is, the focus on the box.
 */
function TickForm({ id, html, locked }: Props) {
  const action = `/notes/${id}/tick`;
  const { state, submit, data } = useFetcher<Refusal>();
  const waiting = useRef<string[]>([]);
  const busy = useRef(false);
  const focused = useRef<string | null>(null);

  // One after another: a second one sent at once would take the first one's place.
  function sendNext() {
    const task = busy.current ? undefined : waiting.current.shift();
    if (!task) return;
    busy.current = true;
    submit({ task, next: "stay" }, { method: "post", action });
  }

  function tick(event: FormEvent<HTMLFormElement>) {
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (!(submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    focused.current = submitter.id;
    waiting.current.push(submitter.value);
    sendNext();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer makes room for the next
  useEffect(() => {
    if (state !== "idle") return;
    busy.current = false;
    sendNext();
  }, [state, data]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text has new boxes
  useEffect(() => {
    const box = focused.current && document.getElementById(focused.current);
    if (box && document.activeElement === document.body) box.focus({ preventScroll: true });
  }, [html]);

  return (
    <form method="post" action={action} onSubmit={tick} className="ticking">
      {data?.message && (
        <p className="notice" role="alert">
          {data.message}
        </p>
      )}
      <fieldset disabled={locked}>
        <NoteBody html={html} />
      </fieldset>
    </form>
  );
}
