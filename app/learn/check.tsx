import { useConcept } from "./page-data";

/** A question with its answers; the one that was taken is explained. */
export function Check() {
  const { concept, choice } = useConcept();
  const { question, choices } = concept.check;
  const taken = choice === null ? undefined : choices[choice];
  return (
    <form className="check" method="get" action={`/learn/${concept.name}#check`} id="check">
      <fieldset>
        <legend>{question}</legend>
        {choices.map(({ text }, place) => (
          <label key={text}>
            <input type="radio" name="choice" value={place} defaultChecked={place === choice} required />{" "}
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      {taken && (
        <p className={taken.right ? "right" : "wrong"} role="status">
          <strong>{taken.right ? "Yes." : "Not quite."}</strong> {taken.because}
        </p>
      )}
      <button type="submit">{taken && !taken.right ? "Look again" : "See"}</button>
    </form>
  );
}
