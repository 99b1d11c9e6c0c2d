/** Whoever takes part in an experiment; made for it and gone with it. */
export type Who = "nobody" | "ada" | "ada elsewhere" | "bob";

/**
 * One request and what is to come of it. Written once: the page prints it, the lab performs it, and
 * a test fails where the two differ.
 *
 * In an expectation `{name}` stands for a word that the answer gives, and from then on for that very
 * word; `…` stands for anything.
 */
export interface Exchange {
  who: Who;
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  path: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: unknown;
  /** A comment on it, where the page has one to make. */
  says?: string;
  expected: {
    status: number;
    headers?: Record<string, string>;
    /** On the page, as a person reads it; in JSON, as it stands there. */
    text?: string[];
    /** In the bytes of the answer, tags and all. */
    bytes?: string[];
    /** Nowhere in the bytes of the answer. */
    never?: string[];
  };
}

/** One statement that the lab gives its own database. */
export interface Sql {
  sql: string;
  /** For its question marks. */
  values?: string[];
  /** How its rows would be found, instead of the rows. */
  plan?: true;
  says?: string;
  expected: {
    /** Each row as words, with `{name}` and `…` as in an exchange. */
    rows?: string[][];
    /** Rows changed, or rows that came back. */
    count?: number;
    /** Lines of the plan, each in one of its own. */
    plan?: string[];
    /** What SQLite refuses it with. */
    error?: string;
  };
}

export type Step = Exchange | Sql;

export interface Experiment {
  title: string;
  /** What to look out for, before it runs. */
  asks: string;
  steps: Step[];
  /** What it has shown. */
  shows: string;
}

/** The words that an answer gave, by their names. */
export type Words = Map<string, string>;

/** Puts the words in that are known by now; what isn't one stays as it is. */
export function fill(text: string, words: Words): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => words.get(name) ?? placeholder);
}

/** Words shorter than this stand in a text by chance too often to be called by their names. */
const TELLING = 8;

/** The other way round: known words become their names again, so that two runs read the same. */
export function unfill(text: string, words: Words): string {
  const long = [...words].filter(([, word]) => word.length >= TELLING);
  return long.reduce((shorter, [name, word]) => shorter.replaceAll(word, `{${name}}`), text);
}

/**
 * Whether `text` is, or holds, what `template` says; new words of it are added to `words`.
 *
 * @param whole the template has to cover all of the text.
 */
export function fits(template: string, text: string, words: Words, whole = false): boolean {
  const names: string[] = [];
  const pattern = fill(template, words)
    .split(/(\{\w+\}|…)/)
    .map((part) => {
      if (part === "…") return "[^]*?";
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (!name) return part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
      names.push(name);
      return "([\\w.~-]+)";
    })
    .join("");
  const found = new RegExp(whole ? `^${pattern}$` : pattern).exec(text);
  if (!found) return false;
  for (const [place, name] of names.entries()) words.set(name, found[place + 1] ?? "");
  return true;
}
