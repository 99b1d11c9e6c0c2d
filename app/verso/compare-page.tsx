import type { Change, Compared, ComparedStatement, Comparison, Difference, Runs } from "./compare";
import { CompareForm } from "./compare-form";
import type { ToldComparison } from "./comparisons.server";
import { count, milliseconds, statusOf, times } from "./story";

/** What differs between two of one's own requests. */
export function ComparePage({ record, others, comparison, message }: ToldComparison & { message: string | null }) {
  const chosen = [comparison?.earlier.id, comparison?.later.id].find((id) => id !== record.id);
  return (
    <article className="back">
      <header>
        <p className="facts">
          <a href={`/back/${record.id}`}>
            The back of {record.method} {record.path}
          </a>
        </p>
        <h1>What differs</h1>
      </header>
      {message && (
        <p className="notice" role="alert">
          {message}
        </p>
      )}
      {comparison && <Told comparison={comparison} />}
      {others.length === 0 && <p>There is no other request of yours to compare this one with.</p>}
      <CompareForm record={record} others={others} chosen={chosen} />
      <p className="hint">
        Only what two records hold is compared. Of most that was sent they hold the length and not the text: where the
        lengths are the same, the texts may still differ.
      </p>
    </article>
  );
}

function Told({ comparison }: { comparison: Comparison }) {
  const { earlier, later, sentences, facts, asked, answered, statements } = comparison;
  return (
    <>
      <div className="story">
        <p>{sentences.join(" ")}</p>
        <ul className="chain">
          <li>
            The earlier: <Turn to={earlier} />
          </li>
          <li>
            The later: <Turn to={later} />
          </li>
        </ul>
      </div>
      <Statements statements={statements} />
      <Differences title="Headers of the answers" differences={answered} />
      <Differences title="Headers of the requests" differences={asked} />
      <Differences title="Everything else" differences={facts} />
    </>
  );
}

function Turn({ to: { id, method, path, status } }: { to: Compared }) {
  return (
    <a href={`/back/${id}`}>
      {method} {path} ({statusOf(status)})
    </a>
  );
}

function Statements({ statements }: { statements: ComparedStatement[] }) {
  const changed = statements.filter(({ change }) => change !== "same");
  const same = statements.filter(({ change }) => change === "same");
  if (statements.length === 0) return null;
  return (
    <section>
      <h2>SQL</h2>
      {changed.length > 0 && <StatementList statements={changed} />}
      {same.length > 0 && (
        <details>
          <summary>The same in both: {count(same.length, "statement")}</summary>
          <StatementList statements={same} />
        </details>
      )}
      {changed.some(({ change }) => change === "slower" || change === "faster") && (
        <p className="hint">
          Called slower or faster from twice the time and a millisecond more on. One run says little: try it again.
        </p>
      )}
    </section>
  );
}

function StatementList({ statements }: { statements: ComparedStatement[] }) {
  return (
    <ul className="statements">
      {statements.map(({ shape, earlier, later, change }) => (
        <li key={shape} className={change}>
          {change !== "same" && (
            <p>
              <strong>{CHANGES[change]}</strong>
            </p>
          )}
          <pre tabIndex={0}>{shape}</pre>
          <p className="facts">
            {earlier && `Earlier: ${runsOf(earlier)}.`} {later && `Later: ${runsOf(later)}.`}
          </p>
        </li>
      ))}
    </ul>
  );
}

const CHANGES: Record<Exclude<Change, "same">, string> = {
  removed: "− In the earlier only",
  added: "+ In the later only",
  more: "More often in the later",
  fewer: "Less often in the later",
  slower: "Slower in the later",
  faster: "Faster in the later",
  rows: "Another number of rows",
};

function runsOf({ times: runs, ms, rows }: Runs) {
  return `${times(runs)}, ${milliseconds(ms)}, ${rows === null ? "rows not told" : count(rows, "row")}`;
}

function Differences({ title, differences }: { title: string; differences: Difference[] }) {
  if (differences.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <section className="table" tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              <th>What</th>
              <th>Earlier</th>
              <th>Later</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ name, earlier, later }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{earlier ?? "–"}</td>
                <td>{later ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
