/** Parts of one search; more are left out. */
const MOST_TERMS = 32;

/** A search as it is meant: all of its groups, of each group any term. */
export interface Search {
  /** Where to look: the lists, unless `is:archived` or `is:trashed` says otherwise. */
  where: Where;
  all: Term[][];
}

export type Where = "listed" | "archived" | "trashed";

/** One thing that is asked of a note; `without` where it must not be so. */
export type Term = { without: boolean } & (
  | WordsTerm
  | { kind: "tag"; name: string }
  | { kind: "notebook"; name: string }
  /** A link to a note of that title. */
  | { kind: "links"; name: string }
  | { kind: "is"; state: (typeof STATES)[number] }
  | { kind: "has"; what: (typeof HELD)[number] }
  | { kind: "time"; column: "created" | "updated"; sign: Sign; when: string }
);

/** Words that stand next to each other; `prefix` where the last one may go on. */
export interface WordsTerm {
  kind: "words";
  title: boolean;
  text: string;
  prefix: boolean;
}

type Sign = "" | ">" | ">=" | "<" | "<=";

const STATES = ["pinned", "todo", "done"] as const;
/** What a note can hold besides text. */
const HELD = ["task", "link", "file", "image"] as const;
const PLACES: Record<string, Where> = { archived: "archived", trashed: "trashed" };

export interface ReadSearch {
  /** Null where there is nothing to look for, such as for "" or "???". */
  search: Search | null;
  /** What can't be understood, in sentences. */
  problems: string[];
  /** Written like operators, and none: they were taken for text. */
  unknown: string[];
}

const TOKEN = /(-?)(?:(tag|notebook|links|is|has|created|updated|title):)?(?:"([^"]*)"?|([^\s"]+))/gi;
const ANY_TEXT = /[\p{L}\p{N}]/u;

/**
 * Reads what a person typed: words, `"phrases"`, `-without`, `this OR that` and `operator:value`.
 * The last word matches as a beginning, since it may still be being typed. Any string is a search,
 * only the values of operators can be wrong.
 */
export function parseSearch(q: string): ReadSearch {
  const read: ReadSearch = { search: null, problems: [], unknown: [] };
  const text = q.replaceAll("\0", "").normalize("NFC");
  const tokens = [...text.matchAll(TOKEN)];
  const places = new Set<Where>();
  const all: Term[][] = [];
  let count = 0;
  let joins = false;
  for (const [place, token] of tokens.entries()) {
    const [whole, minus, name, quoted, word] = token;
    // An OR with nothing before or behind it is a word.
    if (whole === "OR" && !joins && all.length > 0 && place < tokens.length - 1) {
      joins = true;
      continue;
    }
    const value = quoted ?? word ?? "";
    const without = minus === "-";
    if (name?.toLowerCase() === "is" && PLACES[value.toLowerCase()]) {
      if (without || joins || tokens[place + 1]?.[0] === "OR")
        read.problems.push(`“${whole}” says where to look, so it stands by itself, without “-” or OR.`);
      places.add(PLACES[value.toLowerCase()] ?? "listed");
      joins = false;
      continue;
    }
    if (quoted === undefined && !name && /^\p{L}+:(?!\/)/u.test(value))
      read.unknown.push(value.slice(0, value.indexOf(":") + 1));
    const prefix = place === tokens.length - 1 && quoted === undefined && !without && /[\p{L}\p{N}]$/u.test(text);
    const term = termOf(name?.toLowerCase(), value, prefix, read.problems);
    const group = joins ? all.at(-1) : undefined;
    joins = false;
    if (!term || count === MOST_TERMS) continue;
    count += 1;
    if (group) group.push({ ...term, without });
    else all.push([{ ...term, without }]);
  }
  const [where = "listed", another] = places;
  if (another) read.problems.push("Look in one place: “is:archived” or “is:trashed”.");
  if (all.length > 0 || places.size > 0) read.search = { where, all };
  return read;
}

type Bare<T> = T extends unknown ? Omit<T, "without"> : never;

/** What one token asks; null where it holds nothing to look for, or a problem that was added to `problems`. */
function termOf(name: string | undefined, value: string, prefix: boolean, problems: string[]): Bare<Term> | null {
  const refuse = (sentence: string) => {
    problems.push(sentence);
    return null;
  };
  if (name === "tag") {
    const tag = value.replace(/^#+/, "");
    return tag.trim() ? { kind: "tag", name: tag } : refuse("Name the tag right behind “tag:”, such as tag:work.");
  }
  if (name === "notebook") {
    const notebook = value.trim();
    return notebook
      ? { kind: "notebook", name: notebook }
      : refuse("Name the notebook right behind “notebook:”, such as notebook:Work.");
  }
  if (name === "links") {
    const title = value.trim();
    return title
      ? { kind: "links", name: title }
      : refuse('Name the note right behind “links:”, such as links:Milk or links:"Milk and eggs".');
  }
  if (name === "is") {
    const state = STATES.find((one) => one === value.toLowerCase());
    return state
      ? { kind: "is", state }
      : refuse(`A note can’t be “is:${value}”. There are is:pinned, is:todo, is:done, is:archived and is:trashed.`);
  }
  if (name === "has") {
    const what = HELD.find((one) => one === value.toLowerCase());
    return what
      ? { kind: "has", what }
      : refuse(`Verso can’t tell “has:${value}” yet. There are has:task, has:link, has:file and has:image.`);
  }
  if (name === "created" || name === "updated") {
    const [, sign = "", when = ""] = /^([<>]=?|)(.*)$/su.exec(value.toLowerCase()) ?? [];
    return isTime(when)
      ? { kind: "time", column: name, sign: sign as Sign, when }
      : refuse(
          `“${name}:${value}” has no date that can be read. Write it like ${name}:2026, ${name}:>2026-01, ${name}:2026-01-31, or ${name}:<7d for the last seven days.`,
        );
  }
  return ANY_TEXT.test(value) ? { kind: "words", title: name === "title", text: value, prefix } : null;
}

/** Writes a search so that reading it gives the same search. */
export function printSearch({ where, all }: Search): string {
  const last = all.at(-1)?.at(-1);
  const groups = all.map((group) => group.map((term) => printTerm(term, term === last)).join(" OR "));
  return [...(where === "listed" ? [] : [`is:${where}`]), ...groups].join(" ");
}

function printTerm(term: Term, isLast: boolean) {
  const minus = term.without ? "-" : "";
  if (term.kind === "words") return minus + printWords(term, isLast);
  if (term.kind === "tag") return `${minus}tag:${quoted(term.name)}`;
  if (term.kind === "notebook") return `${minus}notebook:${quoted(term.name)}`;
  if (term.kind === "links") return `${minus}links:${quoted(term.name)}`;
  if (term.kind === "is") return `${minus}is:${term.state}`;
  if (term.kind === "has") return `${minus}has:${term.what}`;
  return `${minus}${term.column}:${term.sign}${term.when}`;
}

function printWords({ title, text, prefix }: WordsTerm, isLast: boolean) {
  // Bare, the last word would be a beginning; and signs could be taken for something else.
  const bare = prefix || (!isLast && /^[\p{L}\p{N}]+$/u.test(text) && text !== "OR");
  return (title ? "title:" : "") + (bare ? text : `"${text}"`);
}

function quoted(name: string) {
  return /\s/.test(name) ? `"${name}"` : name;
}

const AGE = /^(\d{1,4})([dwmy])$/;
const DAYS: Record<string, number> = { d: 1, w: 7, m: 30, y: 365 };
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;
const DAY = 86_400_000;

function isTime(when: string) {
  return when === "today" || when === "yesterday" || AGE.test(when) || dateSpan(when) !== null;
}

/** From when until when, in milliseconds; the second no longer belongs to it. Days are those of UTC. */
export function spanOf({ sign, when }: { sign: Sign; when: string }, now: number): { from: number; to: number } {
  const [, count, unit = ""] = AGE.exec(when) ?? [];
  // An age of less than seven days is a time that is later than seven days ago.
  if (count !== undefined) {
    const then = now - Number(count) * (DAYS[unit] ?? 1) * DAY;
    return sign.startsWith(">") ? { from: -Infinity, to: then } : { from: then, to: Infinity };
  }
  const today = now - (now % DAY);
  const [from, to] =
    when === "today"
      ? [today, today + DAY]
      : when === "yesterday"
        ? [today - DAY, today]
        : (dateSpan(when) ?? [-Infinity, Infinity]);
  if (sign === ">") return { from: to, to: Infinity };
  if (sign === ">=") return { from, to: Infinity };
  if (sign === "<") return { from: -Infinity, to: from };
  return { from: sign === "<=" ? -Infinity : from, to };
}

/** A year, a month or a day, as its first moment and the first one after it; null for one that there isn't. */
function dateSpan(text: string): [from: number, to: number] | null {
  const [, year, month, day] = DATE.exec(text)?.map(Number) ?? [];
  if (year === undefined || year < 1000) return null;
  if (!month) return text.length === 4 ? [Date.UTC(year, 0), Date.UTC(year + 1, 0)] : null;
  if (month > 12) return null;
  if (text.length === 7) return [Date.UTC(year, month - 1), Date.UTC(year, month)];
  const from = Date.UTC(year, month - 1, day);
  return new Date(from).getUTCDate() === day ? [from, from + DAY] : null;
}
