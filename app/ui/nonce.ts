import { createContext, useContext } from "react";

/** The word that allows this page's own scripts; known while the server renders, absent in the browser. */
export const NonceContext = createContext<string | undefined>(undefined);

export function useNonce() {
  return useContext(NonceContext);
}
