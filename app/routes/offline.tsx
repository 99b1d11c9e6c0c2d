import type { MetaFunction } from "@remix-run/node";

// GET /offline is the page that the service worker keeps for when Verso can't be reached. It is nobody's.
export const meta: MetaFunction = () => [{ title: "Without a connection – Verso" }];

export function loader() {
  return null;
}

/** Its only script is one of its own: the page has to work where no other file can be loaded. */
export const handle = { still: true };

export default function Offline() {
  return (
    <article className="offline">
      <h1>Without a connection</h1>
      <p>
        This device can’t reach Verso just now. What you write here is kept on this device, and is sent as soon as Verso
        can be reached. Your notes themselves are never kept by this device.
      </p>
      <p id="offline-state" className="notice" role="status">
        Looking what waits here…
      </p>
      <form id="offline-note" method="post" action="/notes" className="stack">
        <label className="field">
          Title
          <input name="title" maxLength={300} autoComplete="off" dir="auto" />
        </label>
        <label className="field">
          Text
          <textarea name="content" rows={12} dir="auto" />
        </label>
        <p className="actions">
          <button type="submit" className="primary">
            Keep it
          </button>
        </p>
      </form>
      <p id="nobody" hidden>
        Nobody is signed in on this device, so nothing can be written here.
      </p>
      <section aria-labelledby="waits" className="stack">
        <h2 id="waits">Waiting to be sent</h2>
        <ul id="waiting" className="waiting" />
        <p id="nothing-waits">Nothing waits.</p>
        <p className="actions">
          <button type="button" id="try-again">
            Try again
          </button>
          <a href="/notes">Go to your notes</a>
        </p>
      </section>
      <script type="module" src="/offline.js" />
    </article>
  );
}
