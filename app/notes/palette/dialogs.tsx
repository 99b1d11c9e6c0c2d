import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { follow } from "~/ui/soft-navigation";
import { listOf } from "../note-list";
import { askSuggestions, nextOf } from "../suggested";
import type { Suggestion } from "../suggestions.server";
import { COMMANDS, type Command } from "./commands";
import { KeyList } from "./key-list";

/** How long after the last key notes are searched, in milliseconds. */
const PAUSE = 150;

interface Choice {
  id: string;
  shown: string;
  more: string | null;
  choose(): void;
}

/**
 * Finds notes, goes anywhere and does anything. A combobox: the focus stays in its field and the list
 * is pointed at. See https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function Palette({ onClose }: { onClose(): void }) {
  const id = useId();
  const [q, setQ] = useState("");
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { found, message } = useFound(q);

  function go(to: string) {
    onClose();
    follow(to);
  }

  function run({ to, press }: Command) {
    if (to) return go(to);
    const element = press ? document.querySelector<HTMLElement>(press) : null;
    onClose();
    element?.click();
  }

  const choices: Choice[] = [
    // What is known at once comes first, so that what is found doesn't push it away from under a key.
    ...commandsFor(q).map((command) => ({
      id: command.name,
      shown: command.name,
      more: command.key ?? null,
      choose: () => run(command),
    })),
    ...found.map(({ value, shown, more }) => ({ id: value, shown, more, choose: () => go(value) })),
    ...(q.trim() === ""
      ? []
      : [{ id: "all", shown: `Search all notes for “${q.trim()}”`, more: null, choose: () => go(listOf(q.trim())) }]),
  ];
  const chosen = Math.min(active, choices.length - 1);

  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive(nextOf(chosen, step, choices.length));
    else if (event.key === "Enter") choices[chosen]?.choose();
    else return;
    event.preventDefault();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is pointed at is to be seen
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  return (
    <Dialog label="Find or do" onClose={onClose}>
      <input
        role="combobox"
        aria-label="Find a note, or something to do"
        aria-autocomplete="list"
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={choices.length > 0 ? `${id}-${chosen}` : undefined}
        placeholder="Find a note, or something to do"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={q}
        onChange={(event) => {
          setQ(event.target.value);
          setActive(0);
        }}
        onKeyDown={press}
      />
      <p className="sr-only" role="status">
        {message ?? `${choices.length} to choose from: ${choices[chosen]?.shown ?? ""}`}
      </p>
      {message && <p className="hint">{message}</p>}
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="What there is" className="choices">
        {choices.map((choice, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the field, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: the field points at it
          <div
            key={choice.id}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === chosen}
            onPointerDown={(event) => event.preventDefault()}
            onClick={choice.choose}
          >
            <bdi>{choice.shown}</bdi>
            {choice.more && <small>{choice.more}</small>}
          </div>
        ))}
      </div>
    </Dialog>
  );
}

/** The keys there are. */
export function Keys({ onClose }: { onClose(): void }) {
  return (
    <Dialog label="Keys" onClose={onClose}>
      <h2>Keys</h2>
      <KeyList />
      <p className="hint">
        Single keys can be switched off in <a href="/account#keys">your account</a>.
      </p>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </Dialog>
  );
}

/** A modal dialog; Escape, a press beside it and a link in it close it, and the focus goes back where it was. */
function Dialog({ label, onClose, children }: { label: string; onClose(): void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element && !element.open) element.showModal();
    return () => {
      // React takes the element away before the browser could give the focus back.
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the browser's own
    <dialog
      ref={dialog}
      className="palette"
      aria-label={label}
      onClose={onClose}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget || (target instanceof Element && target.closest("a"))) onClose();
      }}
    >
      <div>{children}</div>
    </dialog>
  );
}

/** The commands that have all words of a search in their name, as far as the page has them. */
function commandsFor(q: string) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return COMMANDS.filter(({ name, also = "", press }) => {
    const known = `${name} ${also}`.toLowerCase().split(/\s+/);
    const fits = words.every((word) => known.some((one) => one.startsWith(word)));
    return fits && (!press || document.querySelector(press) !== null);
  });
}

interface Found {
  q: string;
  found: Suggestion[];
  message: string | null;
}

/** The notes that a search finds; those that were changed last before anything is typed. */
function useFound(q: string): Found {
  const [answer, setAnswer] = useState<Found>({ q, found: [], message: null });
  useEffect(() => {
    const asking = new AbortController();
    const timer = window.setTimeout(
      async () => {
        const told = await askSuggestions("find", q, asking.signal);
        if (told) setAnswer({ q, ...told });
      },
      q === "" ? 0 : PAUSE,
    );
    return () => {
      window.clearTimeout(timer);
      // An answer to what was typed before comes too late.
      asking.abort();
    };
  }, [q]);
  // Never what was found for something else.
  return answer.q === q ? answer : { q, found: [], message: null };
}
