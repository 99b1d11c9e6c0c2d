import { useLocation } from "@remix-run/react";
import { useEffect, useState } from "react";
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
  const turns = href && !pathname.startsWith("/back/");
  return (
    <footer>
      {learns && <a href="/learn">Learn</a>}
      {turns && (
        <a className="turn" href={href}>
          Turn this page over
        </a>
      )}
    </footer>
  );
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
