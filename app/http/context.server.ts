import type { Viewer } from "~/accounts/viewer.server";

declare module "@remix-run/node" {
  /** What `server.ts` knows of a request before Remix does. */
  interface AppLoadContext {
    requestId: string;
    /** The record of this request, where it is recorded: for the link to the back of the page. */
    recordId?: string;
    /** Allows the page's own scripts in the content security policy. */
    nonce: string;
    /** Where the request came from; a proxy's word counts only where TRUST_PROXY names it. */
    address: string;
    /**
     * Waits while the network takes what was written of the answer, which Remix doesn't: whoever sends
     * much asks before each piece. False where nobody is there any more to take it.
     */
    flushed(): boolean | Promise<boolean>;
    /** Who asks; looked up at the first call, once for each request. */
    viewer(): Promise<Viewer | null>;
  }
}
