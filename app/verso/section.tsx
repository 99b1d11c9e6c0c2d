import type { ReactNode } from "react";

interface Props {
  title: string;
  note?: string;
  /** The page under /learn that explains it. */
  learn?: { name: string; title: string };
  children: ReactNode;
}

/** A part of the back of a page, which can be folded away. */
export function Section({ title, note, learn, children }: Props) {
  return (
    <details open>
      <summary>
        <h2>{title}</h2> {note && <span className="facts">{note}</span>}
      </summary>
      {children}
      {learn && (
        <p className="learn-more">
          <a href={`/learn/${learn.name}`}>Learn: {learn.title}</a>
        </p>
      )}
    </details>
  );
}
