import type { RunName } from "./concept";
import type { Step } from "./experiment";
import { LiveStep } from "./live-step";
import { useConcept } from "./page-data";
import { PrintedStep } from "./printed-step";

/** An experiment: what it sends and what should come of it, the button that runs it, and what came. */
export function Run({ name }: { name: RunName }) {
  const { concept, ran, signedIn, done } = useConcept();
  const { title, asks, steps, shows } = concept.runs[name];
  const now = ran?.name === name ? ran : null;
  return (
    <section className="run" id={name} aria-labelledby={`${name}-title`}>
      <header>
        <h3 id={`${name}-title`}>
          {title} {done.includes(name) && <Done />}
        </h3>
        <p>{asks}</p>
      </header>
      {now && "message" in now && (
        <p className="notice" role="alert">
          {now.message}
        </p>
      )}
      <ol className="steps">
        {steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same step can stand there twice, and none ever moves
          <li key={place}>
            <PrintedStep step={step} />
            {now && "report" in now && now.report.steps[place] && <LiveStep live={now.report.steps[place]} />}
          </li>
        ))}
      </ol>
      {now && "report" in now ? (
        <Outcome
          differs={now.report.steps.some(({ differs }) => differs.length > 0)}
          took={now.report.took}
          shows={shows}
        />
      ) : (
        <details className="shows">
          <summary>What it shows</summary>
          <p>{shows}</p>
        </details>
      )}
      {signedIn ? (
        <form method="post" action={`/learn/${concept.name}#${name}`}>
          <button type="submit" name="run" value={name} className={now ? undefined : "primary"}>
            {now ? "Run it again" : "Run it"}
          </button>{" "}
          <small className="facts">{whatRuns(steps)}</small>
        </form>
      ) : (
        <p className="facts">
          <a href={`/login?redirectTo=/learn/${concept.name}`}>Sign in</a> to run it.
        </p>
      )}
    </section>
  );
}

function Done() {
  return (
    <small className="done" title="You have run it">
      ✓ <span className="sr-only">you have run it</span>
    </small>
  );
}

function Outcome({ differs, took, shows }: { differs: boolean; took: number; shows: string }) {
  return (
    <p className="outcome" role="status">
      {differs ? (
        <strong>
          It came out differently from what is printed here; that is a mistake of this page or of the app.
        </strong>
      ) : (
        <strong>Just as it is printed.</strong>
      )}{" "}
      {shows} <small className="facts">The whole run took {(took / 1_000).toFixed(1)} s.</small>
    </p>
  );
}

function whatRuns(steps: Step[]) {
  const statements = steps.filter((step) => "sql" in step).length;
  const requests = steps.length - statements;
  const parts = [
    requests > 0 && `${requests} ${requests === 1 ? "request" : "requests"}`,
    statements > 0 && `${statements} ${statements === 1 ? "statement" : "statements"}`,
  ].filter(Boolean);
  return `${parts.join(" and ")}, in a Verso of its own that is gone afterwards`;
}
