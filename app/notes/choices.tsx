import { useRouteLoaderData } from "@remix-run/react";
import { COLOURS } from "./looks";
import type { Sidebar } from "./sidebar.server";

/** The viewer's places, as the sidebar has them. */
export function useSidebar(): Sidebar | null {
  const root = useRouteLoaderData("root") as { sidebar?: Sidebar | null } | undefined;
  return root?.sidebar ?? null;
}

/** Choosing one of the viewer's notebooks, or none. With `id` the messages of a refused form can name it. */
export function NotebookOptions({
  label,
  chosen,
  id,
  wrong,
}: {
  label: string;
  chosen?: string | null;
  id?: string;
  wrong?: boolean;
}) {
  const notebooks = useSidebar()?.notebooks ?? [];
  const refused = wrong ? { "aria-invalid": true, "aria-describedby": `${id}-error` } : {};
  return (
    <label>
      {label}{" "}
      <select id={id} name="notebook" defaultValue={chosen ?? ""} key={chosen} {...refused}>
        <option value="">No notebook</option>
        {notebooks.map(({ id, path }) => (
          <option key={id} value={id}>
            {path}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Choosing a colour by its name, or none. */
export function ColourOptions({ chosen }: { chosen?: string | null }) {
  return (
    <label>
      Colour{" "}
      <select name="colour" defaultValue={chosen ?? ""} key={chosen}>
        <option value="">No colour</option>
        {Object.entries(COLOURS).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
