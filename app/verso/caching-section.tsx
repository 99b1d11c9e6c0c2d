import type { Caching } from "./caching";
import { Section } from "./section";

/** What was decided on keeping the answer, and what each word about it means. */
export function CachingSection({ caching: { verdict, words, saved } }: { caching: Caching }) {
  return (
    <Section title="Caching">
      <p>{verdict}</p>
      {saved && <p>{saved}</p>}
      {words.length > 0 && (
        <dl className="headers">
          {words.map(({ said, means }) => (
            <div key={said}>
              <dt>{said}</dt>
              <dd>{means ?? <em>no rule here knows this word</em>}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}
