import { SourceLines } from "~/verso/source-lines";
import { useConcept } from "./page-data";

/** The lines of this app in which a concept is, as they were when the program was built. */
export function CodeLines() {
  const { concept, sources } = useConcept();
  return (
    <>
      {concept.lines.map(({ marker, says }, place) => {
        const source = sources[place];
        return (
          <div key={marker} className="code">
            <p>{says}</p>
            {source && <SourceLines of={source} mark />}
          </div>
        );
      })}
    </>
  );
}
