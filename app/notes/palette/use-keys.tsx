import { type ComponentType, useCallback, useEffect, useState } from "react";
import { follow } from "~/ui/soft-navigation";
import { COMMANDS } from "./commands";

/** What can be opened by a key. */
type Dialogs = Record<"Palette" | "Keys", ComponentType<{ onClose(): void }>>;

/**
 * Keys for the whole app: Control or ⌘ and K opens the command palette; single keys only where the
 * person has them on, and never where something is typed.
 *
 * @param single whether single keys do something: see WCAG 2.1.4.
 * @returns the dialog that is open; its code is loaded when it is opened first.
 */
export function useKeys(signedIn: boolean, single: boolean) {
  const [dialogs, setDialogs] = useState<Dialogs | null>(null);
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const close = useCallback(() => setOpen(null), []);

  useEffect(() => {
    if (!signedIn) return;
    function show(which: "palette" | "keys") {
      // Where its code can't be reached, there is the page that has the same.
      import("./dialogs").then(
        ({ Palette, Keys }) => {
          setDialogs({ Palette, Keys });
          setOpen(which);
        },
        () => follow("/search"),
      );
    }

    function press(event: KeyboardEvent) {
      const { key, target, repeat } = event;
      if (event.defaultPrevented || event.isComposing || repeat || document.querySelector("dialog[open]")) return;
      const modified = event.ctrlKey || event.metaKey;
      if (modified && !event.altKey && !event.shiftKey && key.toLowerCase() === "k") {
        event.preventDefault();
        return show("palette");
      }
      const typing = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
      if (!single || modified || event.altKey || typing) return;
      const command = COMMANDS.find((one) => one.key === key);
      if (key !== "?" && key !== "/" && !command) return;
      event.preventDefault();
      if (key === "?") show("keys");
      else if (key === "/") document.getElementById("q")?.focus();
      else if (command?.to) follow(command.to);
      else if (command?.press) document.querySelector<HTMLElement>(command.press)?.click();
    }

    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [signedIn, single]);

  if (!open || !dialogs) return null;
  return open === "palette" ? <dialogs.Palette onClose={close} /> : <dialogs.Keys onClose={close} />;
}
