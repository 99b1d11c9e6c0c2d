import type { BackRecord } from "~/verso/record";
import type { Experiment } from "./experiment";

/** One thing to understand about a back end, and how this one shows it. Its prose is the MDX of the same name. */
export interface Concept {
  /** In the address. */
  name: string;
  title: string;
  tier: Tier;
  /** What should be understood before. */
  needs: string[];
  /** In one sentence. */
  answer: string;
  /** Which of a person's own requests used it. */
  yours: {
    matches(record: BackRecord): boolean;
    /** Requests to these very pages count too. */
    here?: true;
    /** How to get one, where there is none. */
    how: string;
  };
  /** Where in this app it is done. */
  lines: Lines[];
  runs: Record<RunName, Experiment>;
  /** A published advisory of a program in which this went wrong, by its CVE number. */
  wild: { id: string; about: string };
  check: { question: string; choices: { text: string; right?: true; because: string }[] };
}

export type Tier = "must" | "good" | "later";

export const RUN_NAMES = ["exchange", "tutorial", "weird", "useful"] as const;
export type RunName = (typeof RUN_NAMES)[number];

/** Some lines of the app, found by a piece of text that stands in the middle of them. */
export interface Lines {
  file: string;
  marker: string;
  before: number;
  after: number;
  says: string;
}
