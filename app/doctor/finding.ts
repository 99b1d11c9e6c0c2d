/** What one look at one thing found. */
export interface Finding {
  /** The thing that was looked at. */
  name: string;
  /** `told` is worth knowing and no fault; `mended` was one. */
  verdict: "fine" | "told" | "mended" | "wrong";
  /** A sentence for the operator. */
  words: string;
}

/** A whole look at everything. */
export interface Checkup {
  /** When it began. */
  at: number;
  /** Milliseconds. */
  took: number;
  findings: Finding[];
}
