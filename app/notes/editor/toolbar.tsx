import { type KeyboardEvent, type RefObject, useState } from "react";
import { applyEdit, writtenIn } from "./edit";
import { FORMATS, type Format } from "./format";

/** What is to be seen on each button: a letter, or strokes on a field of 20 by 20. Its name is read in its place. */
const SIGNS: Record<Format, { letter: string } | { strokes: string }> = {
  bold: { letter: "B" },
  italic: { letter: "I" },
  link: { strokes: "M8.5 11.5l3-3M9 6l2-2a3.5 3.5 0 0 1 5 5l-2 2M11 14l-2 2a3.5 3.5 0 0 1-5-5l2-2" },
  heading: { letter: "H" },
  list: { strokes: "M4 5h.01M4 10h.01M4 15h.01M8 5h9M8 10h9M8 15h9" },
  tasks: { strokes: "M3 3.5h5v5h-5zM3 12l2 2 3-4M11 6h6M11 13h6" },
  quote: { strokes: "M4 4v12M8 6h9M8 10h9M8 14h5" },
  code: { strokes: "M7 5l-5 5 5 5M13 5l5 5-5 5" },
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
          <Sign of={SIGNS[name]} />
        </button>
      ))}
    </div>
  );
}

function Sign({ of }: { of: (typeof SIGNS)[Format] }) {
  if ("letter" in of) return <span aria-hidden="true">{of.letter}</span>;
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d={of.strokes} />
    </svg>
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
