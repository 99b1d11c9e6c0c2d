import type { TurnedPage } from "./records.server";
import { nameOf } from "./section";

/** What there is to read on the back of a page. */
export function Contents({ page: { record, ways, front, others } }: { page: TurnedPage }) {
  const { steps, errors } = record;
  const parts = [
    errors.length > 0 && "What went wrong",
    "On the wire",
    ways && "With and without script",
    "Caching",
    "Time",
    "Who asked, and may they",
    steps.some(({ kind }) => kind === "form") && "What the form held",
    front && "The code that ran",
    front && "Front and back of this module",
    "SQL",
    others.length > 0 && "Your other requests",
  ];
  return (
    <nav className="contents" aria-label="On this page">
      <ul>
        {parts
          .filter((title) => typeof title === "string")
          .map((title) => (
            <li key={title}>
              <a href={`#${nameOf(title)}`}>{title}</a>
            </li>
          ))}
      </ul>
    </nav>
  );
}
