import { ago } from "./ago";
import type { Neighbour } from "./records.server";
import { statusOf } from "./story";

/** Chooses another request to compare with; nothing where there is no other. */
export function CompareForm({
  record,
  others,
  chosen,
}: {
  record: Pick<Neighbour, "id" | "at">;
  others: Neighbour[];
  chosen?: string;
}) {
  if (others.length === 0) return null;
  return (
    <form className="compare" method="get" action={`/back/${record.id}/compare`}>
      <label htmlFor="with">Compare with</label>
      <select id="with" name="with" defaultValue={chosen}>
        {others.map(({ id, at, method, path, dataOf, status }) => (
          <option key={id} value={id}>
            {`${method} ${path} (${statusOf(status)})${dataOf ? `, the data of ${dataOf}` : ""}, ${ago(record.at - at)}`}
          </option>
        ))}
      </select>
      <button type="submit">Compare</button>
    </form>
  );
}
