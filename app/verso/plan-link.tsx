import type { BackRecord, StatementStep } from "./record";
import { repeatedIn } from "./repeated";

/** Below a statement: the way to its plan, and at the first of many equal ones, what that costs. */
export function PlanLink({ record, statement }: { record: BackRecord; statement: StatementStep }) {
  const place = record.steps.indexOf(statement);
  const repeated = repeatedIn(record).find(({ places }) => places[0] === place);
  return (
    <p className="facts">
      <a href={`/back/${record.id}/plan/${place}`}>How the rows were found</a>
      {repeated && <>. {repeated.matters ? <strong>{repeated.sentence}</strong> : repeated.sentence}</>}
    </p>
  );
}
