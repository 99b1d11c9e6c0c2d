import type { BackRecord, StatementStep } from "./record";
import { count, milliseconds } from "./story";

/** One text that ran several times for the same request. */
export interface Repeated {
  /** Where it ran, as places in the record's steps. */
  places: number[];
  /** All runs together, in milliseconds. */
  ms: number;
  /** One statement for all of them would be felt. */
  matters: boolean;
  sentence: string;
}

/** Fewer are no pattern. */
const MANY = 3;
/** From this share of the request's time, and this many milliseconds, repeating matters. */
const SHARE = 0.2;
const FELT = 2;

/** The statements of a record that ran three times or more, and whether that matters here. */
export function repeatedIn({ steps, took, unkept }: BackRecord): Repeated[] {
  const places = new Map<string, number[]>();
  for (const [place, step] of steps.entries())
    if (isRepeatable(step)) places.set(step.text, [...(places.get(step.text) ?? []), place]);
  return [...places.values()]
    .filter((runs) => runs.length >= MANY)
    .map((runs) => {
      const ms = runs.reduce((sum, place) => sum + (steps[place]?.ms ?? 0), 0);
      const matters = ms >= FELT && ms >= took * SHARE;
      return { places: runs, ms, matters, sentence: tell(runs.length, unkept > 0, ms, took, matters) };
    });
}

/** A transaction that begins again is no question asked again. */
function isRepeatable(step: BackRecord["steps"][number]): step is StatementStep {
  return step.kind === "statement" && !/^(begin|commit|rollback)\b/i.test(step.text);
}

function tell(runs: number, more: boolean, ms: number, took: number, matters: boolean) {
  const share = `${milliseconds(ms)} of the ${milliseconds(took)} that the answer took`;
  const fact = `This statement ran ${more ? "at least " : ""}${count(runs, "time")}, together ${share}.`;
  return matters
    ? `${fact} That can be felt: one statement for all of them would be worth writing.`
    : `${fact} That does not matter here: SQLite runs inside the server, and no statement crosses a network.`;
}
