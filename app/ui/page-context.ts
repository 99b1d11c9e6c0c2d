import { createContext, useContext } from "react";

/** What the server knows of the page that it renders; empty in the browser. */
interface Page {
  /** The word that allows this page's own scripts. */
  nonce?: string;
  /** Who is signed in; for the page of a refusal, for which no loader has run. */
  name?: string;
  /** The record of this request, where there is one. */
  recordId?: string;
  /** What the log calls this request; for the page of a failure. */
  reference?: string;
}

export const PageContext = createContext<Page>({});

export function usePage() {
  return useContext(PageContext);
}
