import { useLocation } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import { usePage } from "./page-context";

/**
 * The foot of a page: the way to what there is to learn, and the corner by which the page is turned
 * over, to what the server did for it; none where nothing is recorded.
 */
export function TurnOver() {
  const { recordId } = usePage();
  const { pathname } = useLocation();
  const [latest, setLatest] = useState<string | null>(null);
  const inPage = typeof document === "undefined" ? null : document.querySelector("a.turn")?.getAttribute("href");
  useEffect(() => watchRecords(setLatest), []);
  const href = latest ? `/back/${latest}` : recordId ? `/back/${recordId}` : inPage;
  const learns = !pathname.startsWith("/learn");
  const turns = href && !/^\/back\//i.test(pathname);
  return (
    <footer>
      {learns && <a href="/learn">Learn</a>}
      {turns && (
        <a className="turn" href={href} {...TURN_KEY}>
          Turn this page over
        </a>
      )}
    </footer>
  );
}

/** The way from the back of a page to its front: the address as it was left, where the browser still knows it. */
export function TurnBack({ path, children }: { path: string; children: ReactNode }) {
  const [href, setHref] = useState(path);
  useEffect(() => {
    const from = URL.canParse(document.referrer) ? new URL(document.referrer) : null;
    if (from?.origin === location.origin && from.pathname === path) setHref(from.pathname + from.search);
  }, [path]);
  // An address that begins with two slashes is another site's.
  if (!/^\/(?![/\\])/.test(path)) return <>{children}</>;
  return (
    <a className="front" href={href} {...TURN_KEY}>
      {children}
    </a>
  );
}

/**
 * Of a link that turns a page. Control and a full stop mean nothing to browsers and screen readers,
 * and stand on nearly every keyboard without a third key.
 */
const TURN_KEY = { "aria-keyshortcuts": "Control+.", title: "Ctrl + ." };

/** With script, the key that turns the page over and back, wherever nobody is writing. */
export function useTurnKey() {
  useEffect(() => {
    function turn(event: KeyboardEvent) {
      const pressed = event.key === "." && event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat;
      const writing =
        event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      if (!pressed || writing || event.defaultPrevented || event.isComposing) return;
      document.querySelector<HTMLAnchorElement>("a.turn, a.front")?.click();
    }
    document.addEventListener("keydown", turn);
    return () => document.removeEventListener("keydown", turn);
  }, []);
}

/** With script a page changes without being loaded: each answer names its record in its timing. */
function watchRecords(found: (id: string) => void) {
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
      const record = entry.serverTiming.find(({ name }) => name === "back");
      if (record) found(record.description);
    }
  });
  observer.observe({ type: "resource" });
  return () => observer.disconnect();
}
