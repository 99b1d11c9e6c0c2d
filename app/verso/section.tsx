import type { ReactNode } from "react";

/** A part of the back of a page, which can be folded away. */
export function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <details open id={nameOf(title)}>
      <summary>
        <h2>{title}</h2> {note && <span className="facts">{note}</span>}
      </summary>
      {children}
    </details>
  );
}

/** The name of a part by its title, for links to it. */
export function nameOf(title: string) {
  return title.toLowerCase().replace(/\W+/g, "-");
}
