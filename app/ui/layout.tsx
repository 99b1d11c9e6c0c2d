import { useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { TurnOver } from "./turn-over";

interface FrameProps {
  name: string;
  trouble: boolean;
  /** Where the notes are: beside the page where there is room, and a page by itself where there is none. */
  places: ReactNode;
  children: ReactNode;
}

/** The frame around a signed-in page: skip link, banner with search and ways, the page. */
export function Frame({ name, trouble, places, children }: FrameProps) {
  const { pathname, search } = useLocation();
  const q = pathname === "/notes" ? (new URLSearchParams(search).get("q") ?? "") : "";
  const here = (path: string) => (pathname === path ? "page" : undefined);
  return (
    <div className="frame">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="rail">
        <a className="brand" href="/notes">
          Verso
        </a>
        <search>
          <form action="/notes" method="get">
            <label className="sr-only" htmlFor="q">
              Search your notes
            </label>
            <input key={q} id="q" name="q" type="search" placeholder="Search" autoComplete="off" defaultValue={q} />
          </form>
        </search>
        <nav aria-label="Main">
          <a className="button primary" href="/notes/new">
            New note
          </a>
          <a href="/notes" aria-current={here("/notes")}>
            Notes
          </a>
          <a href="/places" className="to-places" aria-current={here("/places")}>
            Places
          </a>
          <a href="/import" aria-current={here("/import")}>
            Import
          </a>
        </nav>
        {places}
        <div className="person">
          <a href="/account">
            <bdi>{name}</bdi>
          </a>
          <form method="post" action="/logout">
            <button type="submit" className="quiet">
              Sign out
            </button>
          </form>
        </div>
      </header>
      {trouble && (
        <p className="trouble" role="alert">
          Verso can’t save at the moment: the disk is full or can’t be written to. What you type stays in the page.
        </p>
      )}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <TurnOver />
    </div>
  );
}

/** The frame around a page for anyone: a sheet in the middle. */
export function Sheet({ turns = true, children }: { turns?: boolean; children: ReactNode }) {
  return (
    <div className="sheet">
      <header>
        <a className="brand" href="/">
          Verso
        </a>
      </header>
      <main id="main">{children}</main>
      {turns && <TurnOver />}
    </div>
  );
}

/** The frame around a page that is read like a book's: for anyone, and without script. */
export function Book({ name, children }: { name: string | undefined; children: ReactNode }) {
  return (
    <div className="book">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header>
        <a className="brand" href={name === undefined ? "/" : "/notes"}>
          Verso
        </a>
        <nav aria-label="Main">
          <a href="/learn">Learn</a>
          {name === undefined ? <a href="/login">Sign in</a> : <a href="/notes">Your notes</a>}
        </nav>
      </header>
      <main id="main">{children}</main>
      <TurnOver />
    </div>
  );
}
