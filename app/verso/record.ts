/** What the server did for one request: enough to tell it, and no value that isn't meant to be seen. */
export interface BackRecord {
  /** A name, not a key: who may see the record is asked of the session each time. */
  id: string;
  /** When the request came, in milliseconds since 1970. */
  at: number;
  /** Until the answer was handed to the network, in milliseconds. */
  took: number;
  request: SeenRequest;
  response: SeenResponse;
  session: SeenSession;
  /** Each time that a loader or an action asked who is there. */
  decisions: Decision[];
  steps: Step[];
  /** Statements past the limit, counted only. */
  unkept: number;
  /** It set work going that is no part of the request; how many statements of that ran before the answer was out. */
  background?: number;
  /** How many earlier ones it took the place of: of what a page sends over and over only the latest is kept. */
  instead?: number;
  /** Errors that nobody meant. */
  errors: SeenError[];
}

export interface SeenRequest {
  method: string;
  path: string;
  /** Names of the query's parameters, and how long each value is. */
  query: SeenField[];
  headers: SeenHeader[];
  cookies: SeenCookie[];
  /** How many more of each there were than are kept. */
  more?: { query: number; headers: number; cookies: number };
  /** Bytes of the body; null where that could tell how long a secret was. */
  bytes: number | null;
  /** Remix's own script asked, for this route's data; empty for none that is known, null for a whole page. */
  dataOf: string | null;
}

export interface SeenResponse {
  /** 0 where no answer was sent, because whoever asked was gone. */
  status: number;
  /** Whoever asked was gone before all of it was sent. */
  brokenOff?: true;
  headers: SeenHeader[];
  cookies: SentCookie[];
  /** Bytes of the body before compression. */
  bytes: number;
  /** Bytes of the body as it was sent; 0 where an answer has none. */
  packed: number;
  /** Bytes that went over the network, with the headers. */
  sent: number;
}

export interface SeenHeader {
  name: string;
  /** Null where the value is not shown. */
  value: string | null;
}

/** What the header of this name (in lower case) says; undefined where there is none. */
export function headerOf(headers: SeenHeader[], wanted: string): SeenHeader["value"] | undefined {
  return headers.find(({ name }) => name === wanted)?.value;
}

export interface SeenField {
  name: string;
  /** Null where even that is nobody's business. */
  length: number | null;
  /** Only of fields that their schema marks as shown. */
  value?: string;
}

export interface SeenCookie {
  name: string;
  length: number;
}

export interface SentCookie extends SeenCookie {
  attributes: string[];
  /** The browser is told to forget it. */
  removed: boolean;
}

/** An error without its words, which may be somebody's. */
export interface SeenError {
  /** Its class, and those of what caused it. */
  names: string[];
  /** What the database or the machine calls it, such as `SQLITE_FULL`. */
  code: string | null;
  /** Where it passed through our own code, as `file:line:column`. */
  places: string[];
}

/** What the cookie came to. */
export interface SeenSession {
  state: "none" | "unknown" | "valid";
  role?: "owner" | "member";
}

export interface Decision {
  /** For whom the door is: people who are signed in, by page or by program, the owner among them, or people who aren't. */
  door: "viewer" | "owner" | "api" | "nobody";
  opened: boolean;
  /** Which loader or action asked, as a place in `steps`. */
  within: number | null;
}

/** `started` and `ms` in milliseconds; `started` counts from the request's beginning. */
interface Timed {
  started: number;
  ms: number;
}

export type Step = GuardStep | RouteStep | StatementStep | FormStep | RenderStep;

export interface GuardStep extends Timed {
  kind: "guard";
  refused: number | null;
  /** It refused a form, and read it to give its words back. */
  givesBack?: boolean;
}

/** A loader or an action that ran. */
export interface RouteStep extends Timed {
  kind: "loader" | "action";
  route: string;
  /** The status it answered or threw; null where it returned plain data, or failed. */
  status: number | null;
  /** It was still `running` when whoever asked was gone: what it did from then on is not recorded. */
  outcome: "running" | "returned" | "threw" | "failed";
}

export interface StatementStep extends Timed {
  kind: "statement";
  text: string;
  connection: "read" | "write";
  parameters: SeenParameter[];
  /** Null where the number would tell who has an account here. */
  rows: number | null;
  /** The database refused it. */
  failed?: true;
  /** Where its query was written, as `file:line:column`, in the built program or in the source. */
  site: string | null;
  /** Where the loader or action called what led to it, in the same form; missing where the engine can't tell. */
  calledAt?: string;
  /** Which loader or action it was for, as a place in `steps`. */
  within: number | null;
}

export interface SeenParameter {
  kind: string;
  length?: number;
  /** Where the same value came from, where it did. */
  origin?: "session" | "address" | "form";
  /** The name of the form's field or of the part of the address. */
  name?: string;
}

/** A form that was checked against its schema. */
export interface FormStep extends Timed {
  kind: "form";
  fields: (SeenField & { messages: string[] })[];
  /** What was missed: fields that were not sent, or `form`, for the whole of it. */
  missed?: { name: string; messages: string[] }[];
  /** Fields that were sent and are not kept, and how many of those were not as they should be. */
  more?: { fields: number; wrong: number };
}

export interface RenderStep extends Timed {
  kind: "render";
  bytes: number;
}
