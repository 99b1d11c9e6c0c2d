import { useEffect, useState } from "react";

/** What the service worker says after it has tried to send what was written without a connection. */
interface Told {
  notes: { id: string }[];
  sent: number;
  trouble: "offline" | "login" | "refused" | null;
}

let latest: Told | null = null;

/** How many notes wait in this browser for the person whose page this is. */
export function waitingNotes(): number {
  return latest?.notes.length ?? 0;
}

/** Drops them. */
export function dropWaitingNotes() {
  for (const { id } of latest?.notes ?? []) navigator.serviceWorker.controller?.postMessage({ kind: "drop", id });
}

/**
 * Has the browser keep the page for when Verso can't be reached, and tells of the notes that were
 * written there: they are sent as soon as their writer has a page open.
 */
export function WaitingNotes({ viewerId }: { viewerId: string | undefined }) {
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    if (!viewerId || !("serviceWorker" in navigator)) return;
    const workers = navigator.serviceWorker;
    // Refused where cookies are, and in private windows of some browsers: Verso works without.
    workers.register("/sw.js").catch(() => {});
    async function tell() {
      const { active } = await workers.ready;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        latest = data;
        setTold(data);
      };
      active?.postMessage({ kind: "viewer", id: viewerId }, [port2]);
    }
    void tell();
    window.addEventListener("online", tell);
    return () => window.removeEventListener("online", tell);
  }, [viewerId]);

  const waiting = told?.notes.length ?? 0;
  if (!told || (waiting === 0 && told.sent === 0)) return null;
  const count = (notes: number) => (notes === 1 ? "1 note" : `${notes} notes`);
  return (
    <p className="notice" role="status">
      {told.sent > 0 &&
        `${count(told.sent)} that you wrote without a connection ${told.sent === 1 ? "is" : "are"} here now. `}
      {waiting > 0 && (
        <a href="/offline">
          {count(waiting)} {waiting === 1 ? "waits" : "wait"} to be sent
        </a>
      )}
    </p>
  );
}
