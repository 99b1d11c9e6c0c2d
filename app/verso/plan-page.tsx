import { type PlanNode, stepsOf } from "./plan";
import { PlanPicture } from "./plan-picture";
import type { ToldPlan } from "./plans.server";
import { LearnMore } from "./section";
import type { WithoutIndex } from "./without-index.server";

/** How the database found the rows of one statement, and what each index was good for. */
export function PlanPage({ refused, record, text, number, plan, comparisons }: ToldPlan) {
  return (
    <article className="back">
      <header>
        <p className="facts">
          Statement {number} of{" "}
          <a href={`/back/${record.id}`}>
            the back of {record.method} {record.path}
          </a>
        </p>
        <h1>How the rows were found</h1>
      </header>
      <pre className="sql" tabIndex={0}>
        {text}
      </pre>
      {refused ? (
        <p>SQLite can’t prepare this statement with the tables as they are now, so that it has no plan.</p>
      ) : plan.length === 0 ? (
        <NoPlan />
      ) : (
        <Plan text={text} plan={plan} />
      )}
      {comparisons.map((comparison) => (
        <Comparison key={comparison.index} {...comparison} />
      ))}
      {isOfIndexes(plan) && <LearnMore name="indexes" title="Indexes" />}
    </article>
  );
}

function NoPlan() {
  return (
    <p>
      SQLite has no plan for this statement: that is so where rows are only added, and where a transaction begins or
      ends.
    </p>
  );
}

function Plan({ text, plan }: { text: string; plan: PlanNode[] }) {
  return (
    <section>
      <PlanPicture plan={plan} name="The plan" />
      <p className="hint">
        This is SQLite’s plan for the statement as it is written, asked for now; the statement was not run again. Verso
        doesn’t keep its values. With them SQLite may have gone another way, above all to an index that holds only some
        of the rows.
        {/^(insert|update|delete)\b/i.test(text) &&
          " What a write leads to (indexes kept in step, triggers, rows deleted along) stands in no plan."}
      </p>
      <LearnMore name="query-plans" title="Query plans" />
    </section>
  );
}

/** An index was gone along, or one could help. */
function isOfIndexes(plan: PlanNode[]) {
  return stepsOf(plan).some(({ node }) => node.index !== null || node.kind === "watch");
}

function Comparison({ index, present, without }: WithoutIndex) {
  return (
    <section>
      <h2>
        Without <code>{index}</code>
      </h2>
      {without === null ? (
        <p>This index keeps a key, and the tables can’t be without it.</p>
      ) : sameWay(present, without) ? (
        <p>On an empty copy of the tables, SQLite would go the same way without this index.</p>
      ) : (
        <>
          <p>The same statement on an empty copy of the tables, from which this index was dropped:</p>
          <PlanPicture plan={without} name={`The plan without ${index}`} />
        </>
      )}
    </section>
  );
}

function sameWay(one: PlanNode[], other: PlanNode[]) {
  return JSON.stringify(one) === JSON.stringify(other);
}
