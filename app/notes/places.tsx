import { useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { tagPath } from "./markdown/tag";
import { listOf } from "./note-list";
import type { Sidebar } from "./sidebar.server";

/** Where the notes are, each place with how many it holds. */
export function Places({ sidebar: { counts, notebooks, tags, searches } }: { sidebar: Sidebar }) {
  return (
    <nav className="places" aria-label="Places">
      <ul>
        <Place to="/notes?only=pinned" count={counts.pinned}>
          Pinned
        </Place>
        <Place to="/files">Files</Place>
        {counts.drafts > 0 && (
          <Place to="/drafts" count={counts.drafts}>
            Drafts
          </Place>
        )}
        <Place to="/archive" count={counts.archived}>
          Archive
        </Place>
        <Place to="/trash" count={counts.trashed}>
          Trash
        </Place>
      </ul>
      {searches.length > 0 && (
        <>
          <h2>
            <a href="/search#saved">Saved searches</a>
          </h2>
          <ul>
            {searches.map(({ id, name, q }) => (
              <Place key={id} to={listOf(q)}>
                {name}
              </Place>
            ))}
          </ul>
        </>
      )}
      <h2>
        <a href="/notebooks">Notebooks</a>
      </h2>
      <ul>
        {notebooks.map(({ id, name, notes, depth }) => (
          <Place key={id} to={`/notebooks/${id}`} count={notes} depth={depth}>
            {name}
          </Place>
        ))}
        {notebooks.length > 0 && <Place to="/notebooks/none">No notebook</Place>}
      </ul>
      <h2>
        <a href="/tags">Tags</a>
      </h2>
      <ul>
        {tags.map(({ name, notes }) => (
          <Place key={name} to={tagPath(name)} count={notes}>
            #{name}
          </Place>
        ))}
      </ul>
    </nav>
  );
}

interface PlaceProps {
  to: string;
  count?: number;
  depth?: number;
  children: ReactNode;
}

function Place({ to, count, depth, children }: PlaceProps) {
  const { pathname, search } = useLocation();
  const here = to === pathname + search || (to === pathname && !search.includes("only="));
  return (
    <li data-depth={depth}>
      <a href={to} aria-current={here ? "page" : undefined}>
        <bdi>{children}</bdi>
      </a>
      {count !== undefined && <span className="count">{count}</span>}
    </li>
  );
}
