import type { Layout, Sort } from "~/db/schema.server";
import { LAYOUTS, SORTS } from "./looks";

/** How lists are shown: remembered for the viewer. */
export function ViewForm({ sort, layout, back }: { sort: Sort; layout: Layout; back: string }) {
  return (
    <form method="post" action="/view" className="view">
      <input type="hidden" name="back" value={back} />
      <label>
        Sort by{" "}
        <select name="sort" defaultValue={sort} key={sort}>
          {Object.entries(SORTS).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        as{" "}
        <select name="layout" defaultValue={layout} key={layout}>
          {Object.entries(LAYOUTS).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="quiet">
        Show
      </button>
    </form>
  );
}
