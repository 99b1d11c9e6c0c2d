import { type RefObject, useEffect, useId, useLayoutEffect, useReducer, useRef } from "react";
import { askSuggestions, nextOf } from "../suggested";
import type { Suggestion } from "../suggestions.server";
import { type Asked, askedAt } from "./asked";
import { placeOf } from "./caret";
import { applyEdit } from "./edit";

/** How long after the last key suggestions are asked for, in milliseconds. */
const PAUSE = 120;

interface Shown {
  asked: Asked;
  found: Suggestion[];
  active: number;
}

/**
 * Suggests titles behind `[[` and tags behind `#`. The field stays a text field with the focus in it;
 * the list is a listbox that it points at: https://www.w3.org/TR/wai-aria-1.2/#aria-activedescendant
 */
export function Completion({ field }: { field: RefObject<HTMLTextAreaElement> }) {
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [shown, show] = useReducer((_: Shown | null, next: Shown | null) => next, null);
  const now = useRef(shown);
  now.current = shown;

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    let timer: number | undefined;
    let asking = new AbortController();
    /** Where Escape was pressed: nothing is suggested there again. */
    let dismissed = -1;

    function close() {
      window.clearTimeout(timer);
      asking.abort();
      if (now.current) show(null);
    }

    function look() {
      if (!element) return;
      window.clearTimeout(timer);
      // An answer to what was typed before comes too late.
      asking.abort();
      const asked =
        element.selectionStart === element.selectionEnd ? askedAt(element.value, element.selectionEnd) : null;
      if (asked?.from !== dismissed) dismissed = -1;
      if (!asked || asked.from === dismissed) return close();
      timer = window.setTimeout(() => ask(asked), PAUSE);
    }

    async function ask(asked: Asked) {
      asking = new AbortController();
      const { signal } = asking;
      const told = await askSuggestions(asked.kind, asked.q, signal);
      if (signal.aborted) return;
      if (!told || told.found.length === 0) return close();
      // Behind a tag Enter ends the line, unless something was chosen.
      show({ asked, found: told.found, active: asked.kind === "note" ? 0 : -1 });
    }

    function typed(event: Event) {
      if (!(event as InputEvent).isComposing) look();
    }

    function press(event: KeyboardEvent) {
      const open = now.current;
      if (!open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const { active, found } = open;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) show({ ...open, active: nextOf(active, step, found.length) });
      else if (event.key === "Escape") {
        dismissed = open.asked.from;
        close();
      } else if (active >= 0 && (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey))) {
        close();
        if (element) choose(element, open.asked, found[active]);
      } else return;
      event.preventDefault();
    }

    function moved() {
      const open = now.current;
      if (!element || !open || document.activeElement !== element) return;
      const { kind, from } = askedAt(element.value, element.selectionEnd) ?? {};
      if (kind !== open.asked.kind || from !== open.asked.from) close();
    }

    // Before other listeners of the field: what chooses a suggestion ends no list.
    element.addEventListener("keydown", press, true);
    element.addEventListener("input", typed);
    element.addEventListener("compositionend", look);
    element.addEventListener("blur", close);
    document.addEventListener("selectionchange", moved);
    return () => {
      close();
      element.removeEventListener("keydown", press, true);
      element.removeEventListener("input", typed);
      element.removeEventListener("compositionend", look);
      element.removeEventListener("blur", close);
      document.removeEventListener("selectionchange", moved);
    };
  }, [field]);

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    point(element, shown && { list: id, option: shown.active < 0 ? null : `${id}-${shown.active}` });
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [field, id, shown]);

  useLayoutEffect(() => {
    if (!shown) return;
    const put = () => {
      if (field.current && list.current) place(list.current, field.current, shown.asked.from);
    };
    put();
    // A phone is turned round, or its keyboard comes.
    window.addEventListener("resize", put);
    return () => window.removeEventListener("resize", put);
  }, [field, shown]);

  return (
    <>
      <p className="sr-only" role="status">
        {shown && `${shown.found.length === 1 ? "1 suggestion" : `${shown.found.length} suggestions`}. Arrows choose.`}
      </p>
      {shown && (
        <div ref={list} id={id} className="suggestions" role="listbox" aria-label="Suggestions">
          {shown.found.map(({ value, shown: text, more }, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the field, which keeps the focus
            // biome-ignore lint/a11y/useFocusableInteractive: the field points at it
            <div
              key={value}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === shown.active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => {
                show(null);
                if (field.current) choose(field.current, shown.asked, shown.found[place]);
              }}
            >
              <bdi>{text}</bdi>
              {more && (
                <small>
                  <bdi>{more}</bdi>
                </small>
              )}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** Puts what was chosen in the place of what was typed, brackets that stand behind it included. */
function choose(field: HTMLTextAreaElement, { from, kind }: Asked, chosen: Suggestion | undefined) {
  if (!chosen) return;
  const caret = field.selectionEnd;
  const closed = kind === "note" ? (/^\]{1,2}/.exec(field.value.slice(caret))?.[0].length ?? 0) : 0;
  const text = kind === "tag" && !/^\s/.test(field.value.slice(caret)) ? `${chosen.value} ` : chosen.value;
  applyEdit(field, { from, to: caret + closed, text, select: [from + text.length, from + text.length] });
}

function point(field: HTMLTextAreaElement, at: { list: string; option: string | null } | null) {
  const attributes = {
    "aria-autocomplete": at && "list",
    "aria-controls": at?.list,
    "aria-activedescendant": at?.option,
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (value) field.setAttribute(name, value);
    else field.removeAttribute(name);
  }
}

/** Below the place where the typing began, or above it where there is no room; as far to the right as there is. */
function place(list: HTMLElement, field: HTMLTextAreaElement, from: number) {
  const { left, above, below } = placeOf(field, from) ?? { left: 0, above: 0, below: field.clientHeight };
  const within = (top: number) => Math.max(0, Math.min(top, field.offsetHeight));
  // A phone's keyboard leaves less to be seen than the window has.
  const seen = window.visualViewport?.height ?? window.innerHeight;
  const fits = field.getBoundingClientRect().top + within(below) + list.offsetHeight < seen;
  const top = fits ? within(below) + 2 : within(above) - list.offsetHeight - 2;
  const most = field.offsetWidth - list.offsetWidth;
  list.style.left = `${field.offsetLeft + Math.max(0, Math.min(left, most))}px`;
  list.style.top = `${field.offsetTop + top}px`;
}
