import type { BackRecord, StatementStep } from "~/verso/record";

type Parts = Partial<Omit<BackRecord, "request" | "response">> & {
  request?: Partial<BackRecord["request"]>;
  response?: Partial<BackRecord["response"]>;
};

/** A record of a GET that found its page, but for what is given. */
export function makeRecord({ request, response, ...parts }: Parts): BackRecord {
  return {
    id: "id",
    at: 0,
    took: 1,
    session: { state: "valid", role: "owner" },
    decisions: [],
    steps: [],
    unkept: 0,
    errors: [],
    ...parts,
    request: {
      method: "GET",
      path: "/notes",
      query: [],
      headers: [],
      cookies: [],
      bytes: 0,
      dataOf: null,
      ...request,
    },
    response: { status: 200, headers: [], cookies: [], bytes: 0, packed: 0, sent: 0, ...response },
  };
}

/** A statement that read one row, but for what is given. */
export function makeStatement(text: string, parts: Partial<StatementStep> = {}): StatementStep {
  return {
    kind: "statement",
    text,
    connection: "read",
    parameters: [],
    rows: 1,
    site: null,
    within: null,
    started: 0,
    ms: 0.1,
    ...parts,
  };
}
