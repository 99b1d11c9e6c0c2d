import { createContext, useContext } from "react";
import type { Excerpt } from "~/verso/source.server";
import type { Concept, RunName } from "./concept";
import type { Latest } from "./latest.server";
import type { Performed } from "./performed";

/** What a concept's page shows beside its prose. */
export interface ConceptData {
  concept: Concept;
  signedIn: boolean;
  /** Undefined where nothing is recorded. */
  latest?: Latest | null;
  /** The lines that the concept names, in its order. */
  sources: (Excerpt | null)[];
  /** Runs of this concept that the reader has done. */
  done: string[];
  /** Which choice of the question was taken. */
  choice: number | null;
  /** A run that was just done, or why it wasn't. */
  ran: { name: RunName; report: Performed } | { name: RunName; message: string } | null;
}

const Context = createContext<ConceptData | null>(null);

export const ConceptProvider = Context.Provider;

/** The data of the page that is shown, for the components in its prose. */
export function useConcept(): ConceptData {
  const data = useContext(Context);
  if (!data) throw new Error("A part of a concept's page stands outside of one.");
  return data;
}
