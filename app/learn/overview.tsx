import type { Concept, Tier } from "./concept";
import { ConceptMap } from "./concept-map";
import { CONCEPTS, conceptOf } from "./concepts";

const TIERS: [tier: Tier, title: string, says: string][] = [
  ["must", "Must know", "Whoever writes a form that somebody else will use."],
  ["good", "Good to know", "Whoever keeps what was sent."],
  ["later", "Can wait", "Until two people do it at once, or there are many rows."],
];

/** The contents of the book: a map, and the concepts in three tiers, with a tick for what the reader has run. */
export function Overview({ signedIn, done }: { signedIn: boolean; done: Record<string, string[]> }) {
  const ran = CONCEPTS.filter(({ name }) => done[name]).length;
  return (
    <article className="concept contents">
      <header>
        <h1>The back end, by running it</h1>
        <p className="answer">
          Each page takes one idea, shows the request of yours that used it, prints what goes over the wire, and runs it
          in front of you.
        </p>
      </header>
      <p>
        Whatever is printed there is performed by a button, and by Verso’s own tests, so that no page can say what the
        app doesn’t do. An experiment runs as two people made up for it, Ada and Bob, in a database in memory that is
        gone a second later. It never sees a note of yours. The numbers are the order in which the pages are best read;
        the lines show what builds on what. In an exchange <code>{"{note}"}</code> stands for a name that an answer
        gives, and <code>…</code> for anything.
      </p>
      <ConceptMap done={done} />
      {TIERS.map(([tier, title, says]) => (
        <section key={tier} aria-labelledby={tier}>
          <h2 id={tier}>{title}</h2>
          <p className="facts">{says}</p>
          <ol className="entries">
            {CONCEPTS.filter((concept) => concept.tier === tier).map((concept) => (
              <Entry key={concept.name} concept={concept} runs={done[concept.name]?.length ?? 0} />
            ))}
          </ol>
        </section>
      ))}
      <p className="facts">
        {signedIn
          ? `A tick stands where you have run something: ${ran} of ${CONCEPTS.length}. Nobody else sees it, and nothing depends on it.`
          : "Reading is for anyone. To run something, sign in."}
      </p>
    </article>
  );
}

function Entry({ concept: { name, title, answer, needs }, runs }: { concept: Concept; runs: number }) {
  const before = needs.flatMap((need) => conceptOf(need) ?? []);
  return (
    <li value={CONCEPTS.findIndex((concept) => concept.name === name) + 1}>
      <a href={`/learn/${name}`}>{title}</a>{" "}
      {runs > 0 && <small className="done">✓ {runs === 1 ? "one run" : `${runs} runs`}</small>}
      <p>{answer}</p>
      {before.length > 0 && (
        <p className="facts">
          After{" "}
          {before.map((need, place) => (
            <span key={need.name}>
              {place > 0 && ", "}
              <a href={`/learn/${need.name}`}>{need.title}</a>
            </span>
          ))}
        </p>
      )}
    </li>
  );
}
