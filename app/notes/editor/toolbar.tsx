import { type KeyboardEvent, type RefObject, useState } from "react";
import { applyEdit, writtenIn } from "./edit";
import { FORMATS, type Format } from "./format";

/** What is to be seen on each button; its name is read in its place. */
const SIGNS: Record<Format, string> = {
  bold: "B",
  italic: "I",
  link: "🔗︎",
  heading: "H",
  list: "•",
  tasks: "☑︎",
  quote: "❞",
  code: "‹›",
};

const NAMES = Object.keys(FORMATS) as Format[];

/**
 * Buttons that put Markdown into a field. One stop for Tab, and arrows between them: see
 * https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */
export function Toolbar({ field }: { field: RefObject<HTMLTextAreaElement> }) {
  const [reached, setReached] = useState<Format>("bold");

  function format(name: Format) {
    if (field.current) applyEdit(field.current, FORMATS[name].edit(writtenIn(field.current)));
  }

  function move(event: KeyboardEvent<HTMLDivElement>) {
    const place = NAMES.indexOf(reached);
    const to = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: NAMES.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = NAMES[(to + NAMES.length) % NAMES.length] ?? "bold";
    setReached(next);
    event.currentTarget.querySelector<HTMLElement>(`[value="${next}"]`)?.focus();
  }

  return (
    <div className="toolbar" role="toolbar" aria-label="Formatting" aria-controls="content" onKeyDown={move}>
      {NAMES.map((name) => (
        <button
          key={name}
          type="button"
          value={name}
          className={name}
          tabIndex={name === reached ? 0 : -1}
          title={titleOf(name)}
          aria-label={FORMATS[name].label}
          aria-keyshortcuts={keysOf(name)}
          // The field keeps the focus and the keyboard of a phone stays.
          onPointerDown={(event) => event.preventDefault()}
          onFocus={() => setReached(name)}
          onClick={() => format(name)}
        >
          <span aria-hidden="true">{SIGNS[name]}</span>
        </button>
      ))}
    </div>
  );
}

function titleOf(name: Format) {
  const { label, key } = FORMATS[name];
  return key ? `${label} (${isMac() ? "⌘" : "Ctrl+"}${key.toUpperCase()})` : label;
}

function keysOf(name: Format) {
  const { key } = FORMATS[name];
  return key ? `${isMac() ? "Meta" : "Control"}+${key.toUpperCase()}` : undefined;
}

function isMac() {
  return /mac|iphone|ipad/i.test(navigator.platform);
}
