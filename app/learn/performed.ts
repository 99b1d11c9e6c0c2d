import type { SeenHeader } from "~/verso/record";

/** What the lab reports of an experiment, cut to a size that a page can hold. */
export interface Performed {
  steps: PerformedStep[];
  /** From the start of the thread to its last answer, in milliseconds. */
  took: number;
}

export type PerformedStep = PerformedExchange | PerformedSql;

interface Seen {
  ms: number;
  /** In which ways it came out differently from what is printed; none where it is as printed. */
  differs: string[];
}

export interface PerformedExchange extends Seen {
  request: { line: string; headers: SeenHeader[]; body: string };
  response: {
    status: number;
    headers: SeenHeader[];
    /** What a person would read of it, and how many bytes it all was. */
    text: string;
    bytes: number;
  };
  statements: PerformedStatement[];
}

export interface PerformedStatement {
  text: string;
  /** Numbers, and the experiment's own words; of everything else kind and length. */
  parameters: string[];
  rows: number;
  ms: number;
}

export interface PerformedSql extends Seen {
  sql: string;
  columns: string[];
  rows: string[][];
  /** Rows changed, or rows that came back. */
  count: number;
  error: string | null;
}
