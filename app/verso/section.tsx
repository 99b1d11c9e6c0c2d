import { createContext, type ReactNode, useContext } from "react";

interface Props {
  title: string;
  note?: string;
  learn?: Lesson;
  children: ReactNode;
}

/** A page under /learn that explains it. */
interface Lesson {
  name: string;
  title: string;
}

/** True in a file of its own, where no address leads anywhere. */
export const WithoutLinks = createContext(false);

/** A part of the back of a page, which can be folded away. */
export function Section({ title, note, learn, children }: Props) {
  return (
    <details open id={nameOf(title)}>
      <summary>
        <h2>{title}</h2> {note && <span className="facts">{note}</span>}
      </summary>
      {children}
      {learn && <LearnMore {...learn} />}
    </details>
  );
}

export function LearnMore({ name, title }: Lesson) {
  if (useContext(WithoutLinks)) return null;
  return (
    <p className="learn-more">
      <a href={`/learn/${name}`}>Learn: {title}</a>
    </p>
  );
}

/** The name of a part by its title, for links to it. */
export function nameOf(title: string) {
  return title.toLowerCase().replace(/\W+/g, "-");
}
