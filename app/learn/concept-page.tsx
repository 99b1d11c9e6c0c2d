import { Check } from "./check";
import { CodeLines } from "./code-lines";
import { CONCEPTS } from "./concepts";
import { type ConceptData, ConceptProvider, useConcept } from "./page-data";
import { Arrow, Box, Label, Line, Picture } from "./picture";
import { PROSE } from "./prose";
import { Run } from "./run";
import { Yours } from "./yours";

/** What the prose of a concept can call for, by the names it uses in MDX. */
const COMPONENTS = {
  Yours,
  Exchange: () => <Run name="exchange" />,
  Tutorial: () => <Run name="tutorial" />,
  Weird: () => <Run name="weird" />,
  Useful: () => <Run name="useful" />,
  Lines: CodeLines,
  Wild,
  Check,
  Picture,
  Box,
  Arrow,
  Line,
  Label,
};

/** A page under /learn: the concept in a sentence, then its prose with what is live in it. */
export function ConceptPage(data: ConceptData) {
  const { concept } = data;
  const place = CONCEPTS.indexOf(CONCEPTS.find(({ name }) => name === concept.name) ?? concept);
  const Prose = PROSE[concept.name];
  return (
    <ConceptProvider value={data}>
      <article className="concept">
        <header>
          <p className="facts">
            <a href="/learn">Learn</a> · {place + 1} of {CONCEPTS.length}
          </p>
          <h1>{concept.title}</h1>
          <p className="answer">{concept.answer}</p>
        </header>
        {Prose && <Prose components={COMPONENTS} />}
        <Neighbours place={place} />
      </article>
    </ConceptProvider>
  );
}

function Wild() {
  const { id, about } = useConcept().concept.wild;
  return (
    <p className="wild">
      <strong>
        <a href={`https://nvd.nist.gov/vuln/detail/${id}`}>{id}</a>
      </strong>{" "}
      {about}
    </p>
  );
}

function Neighbours({ place }: { place: number }) {
  const before = CONCEPTS[place - 1];
  const after = CONCEPTS[place + 1];
  return (
    <nav aria-label="Concepts" className="neighbours">
      {before && (
        <a href={`/learn/${before.name}`} rel="prev">
          <small>Before</small> {before.title}
        </a>
      )}
      {after && (
        <a href={`/learn/${after.name}`} rel="next">
          <small>Next</small> {after.title}
        </a>
      )}
    </nav>
  );
}
