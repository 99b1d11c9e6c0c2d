import { createContext, type ReactNode, useContext } from "react";

interface Props {
  title: string;
  note?: string;
  /** The page under /learn that explains it. */
  learn?: { name: string; title: string };
  children: ReactNode;
}

/** True in a file of its own, where no address leads anywhere. */
export const WithoutLinks = createContext(false);

/** A part of the back of a page, which can be folded away. */
export function Section({ title, note, learn, children }: Props) {
  const withoutLinks = useContext(WithoutLinks);
  return (
    <details open id={nameOf(title)}>
      <summary>
        <h2>{title}</h2> {note && <span className="facts">{note}</span>}
      </summary>
      {children}
      {learn && !withoutLinks && (
        <p className="learn-more">
          <a href={`/learn/${learn.name}`}>Learn: {learn.title}</a>
        </p>
      )}
    </details>
  );
}

/** The name of a part by its title, for links to it. */
export function nameOf(title: string) {
  return title.toLowerCase().replace(/\W+/g, "-");
}
