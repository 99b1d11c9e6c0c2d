import type { Colour, Layout, Sort } from "~/db/schema.server";

/** The colours that a note can be marked with, and what they are called. */
export const COLOURS: Record<Colour, string> = {
  red: "Red",
  orange: "Orange",
  yellow: "Yellow",
  green: "Green",
  blue: "Blue",
  purple: "Purple",
};

/** What a list can be sorted by. */
export const SORTS: Record<Sort, string> = { updated: "Last changed", created: "Newest", title: "Title" };

/** How a list can look. */
export const LAYOUTS: Record<Layout, string> = { list: "List", cards: "Cards" };

/** Notes that are counted one by one where no words lead to them; from here on it is “more than”. */
export const MOST_COUNTED = 1_000;

/** The names of such a table, for zod. */
export function namesOf<Name extends string>(table: Record<Name, string>) {
  return Object.keys(table) as [Name, ...Name[]];
}

/** Characters of a search. */
export const LONGEST_SEARCH = 300;
