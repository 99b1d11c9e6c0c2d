import { useLocation } from "@remix-run/react";
import { listOf } from "./note-list";

/** Places that have a link of their own. */
const MOST_LINKED = 30;

/** The search that a note was found by, with the way from place to place; anchors, so that it works without script. */
export function FoundMarks({ q, count }: { q: string; count: number }) {
  const { hash } = useLocation();
  const at = Number(/^#mark-(\d+)$/.exec(hash)?.[1] ?? 0);
  const numbers = Array.from({ length: Math.min(count, MOST_LINKED) }, (_, place) => place + 1);
  const to = (place: number) => `#mark-${((place - 1 + count) % count) + 1}`;
  return (
    <nav className="found-marks" aria-label="What was searched for">
      <p>
        <a href={listOf(q)}>
          “<bdi>{q}</bdi>”
        </a>{" "}
        {count === 0 ? "is not in the text itself" : count === 1 ? "in 1 place" : `in ${count} places`}
      </p>
      {count > 0 && (
        <>
          <a href={to(at === 0 ? count : at - 1)} rel="prev">
            Previous
          </a>
          <a href={to(at + 1)} rel="next">
            Next
          </a>
          <ol>
            {numbers.map((place) => (
              <li key={place}>
                <a href={`#mark-${place}`} aria-current={place === at ? "location" : undefined}>
                  <span className="sr-only">Place </span>
                  {place}
                </a>
              </li>
            ))}
          </ol>
        </>
      )}
    </nav>
  );
}
