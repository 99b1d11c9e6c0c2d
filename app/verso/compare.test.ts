import { expect, test } from "vitest";
import { makeRecord, makeStatement } from "../../tests/support/records";
import { compareRecords, compareStatements, shapeOf } from "./compare";
import type { SeenHeader, Step } from "./record";

const sql = (text: string, ms = 0.1, rows: number | null = 1) => makeStatement(text, { ms, rows });
const loader = (route: string): Step => ({
  kind: "loader",
  route,
  started: 0,
  ms: 1,
  status: null,
  outcome: "returned",
});

const record = ({ response, ...parts }: Parameters<typeof makeRecord>[0] = {}) =>
  makeRecord({ took: 12, ...parts, response: { bytes: 5_000, packed: 1_800, sent: 2_000, ...response } });

const changes = (earlier: Step[], later: Step[]) =>
  compareStatements(record({ steps: earlier }), record({ steps: later })).map(({ shape, change }) => [shape, change]);

test.each<[what: string, earlier: Step[], later: Step[], expected: [string, string][]]>([
  ["nothing", [], [], []],
  ["the same", [sql("a")], [sql("a")], [["a", "same"]]],
  [
    "the same in another order",
    [sql("a"), sql("b")],
    [sql("b"), sql("a")],
    [
      ["a", "same"],
      ["b", "same"],
    ],
  ],
  [
    "one that came and one that went",
    [sql("a"), sql("b")],
    [sql("b"), sql("c")],
    [
      ["a", "removed"],
      ["b", "same"],
      ["c", "added"],
    ],
  ],
  ["more runs", [sql("a")], [sql("a"), sql("a"), sql("a")], [["a", "more"]]],
  ["fewer runs", [sql("a"), sql("a")], [sql("a")], [["a", "fewer"]]],
  ["twice the time and a millisecond more", [sql("a", 1)], [sql("a", 2)], [["a", "slower"]]],
  ["twice the time, and hardly any", [sql("a", 0.1)], [sql("a", 0.9)], [["a", "same"]]],
  ["a millisecond more, of many", [sql("a", 10)], [sql("a", 19)], [["a", "same"]]],
  ["half the time", [sql("a", 9)], [sql("a", 3)], [["a", "faster"]]],
  ["another number of rows", [sql("a", 1, 3)], [sql("a", 1, 4)], [["a", "rows"]]],
  ["rows that are not told", [sql("a", 1, null)], [sql("a", 1, null)], [["a", "same"]]],
  [
    "lists of another length",
    [sql("select x from t where y in (?, ?) limit ?")],
    [sql("select x from t where y in (?) limit ?")],
    [["select x from t where y in (?, …) limit ?", "same"]],
  ],
])("statements are aligned by their shape: %s", (_what, earlier, later, expected) => {
  expect(changes(earlier, later)).toEqual(expected);
});

test("the runs of a shape are counted together, and their rows are not told where one's are not", () => {
  const [statement] = compareStatements(
    record({ steps: [sql("a", 1, 2), loader("root"), sql("a", 2, 3)] }),
    record({ steps: [sql("a", 1, 2), sql("a", 1, null)] }),
  );
  expect(statement).toEqual({
    shape: "a",
    earlier: { times: 2, ms: 3, rows: 5 },
    later: { times: 2, ms: 2, rows: null },
    change: "rows",
  });
});

test("only a list of values has one shape at any length", () => {
  expect(shapeOf("insert into t (a, b) values (?, ?)")).toBe("insert into t (a, b) values (?, ?)");
  expect(shapeOf("f(?, ?)")).toBe("f(?, ?)");
});

test("two records that are alike are told to be", () => {
  const [one, other] = [record({ steps: [sql("a")] }), record({ at: 5, took: 3.25, steps: [sql("a")] })];
  expect(compareRecords(one, other)).toMatchObject({ facts: [], asked: [], answered: [] });
  expect(compareRecords(one, other).sentences).toEqual([
    "Both were GET /notes.",
    "Both were answered 200 – here it is.",
    "Both asked SQLite for the same and got as many rows.",
    "No header whose value is shown differs.",
    "The earlier took 12 ms, the later 3.3 ms.",
  ]);
});

test("what differs is told from the earlier to the later, whichever was asked for first", () => {
  const get = record({ at: 1, steps: [sql("a", 1), sql("b", 1), sql("c"), sql("d", 1, 1)] });
  const post = record({
    id: "two",
    at: 2,
    took: 230,
    request: { method: "POST", path: "/notes" },
    response: { status: 422 },
    steps: [sql("b", 4), sql("c"), sql("c"), sql("d", 1, 2), sql("e"), sql("f")],
    unkept: 3,
  });
  const told = compareRecords(get, post);
  expect(compareRecords(post, get)).toEqual(told);
  expect(told.sentences).toEqual([
    "The earlier was GET /notes, the later POST /notes.",
    "The earlier was answered 200 – here it is; the later was answered 422 – read, and not as it should be.",
    "Of 6 kinds of statement, 2 ran in the later only, 1 ran in the earlier only, 1 ran more often in the later, 1 took longer in the later and 1 met another number of rows. Statements that are not kept are not compared.",
    "No header whose value is shown differs.",
    "The earlier took 12 ms, the later 230 ms.",
  ]);
});

test("a status without a meaning is told as it stands, and no statements are told to be none", () => {
  const { sentences } = compareRecords(record({ response: { status: 299 } }), record({ at: 1 }));
  expect(sentences).toContain("The earlier was answered 299; the later was answered 200 – here it is.");
  expect(sentences).toContain("Neither asked the database for anything.");
});

test("headers differ by their value, and one that is not shown says nothing", () => {
  const header = (name: string, value: string | null): SeenHeader => ({ name, value });
  const one = record({
    request: { headers: [header("accept", "text/html"), header("user-agent", null)] },
    response: { headers: [header("vary", "Cookie"), header("etag", '"1"'), header("x-request-id", "a")] },
  });
  const other = record({
    at: 1,
    request: { headers: [header("accept", "text/html"), header("user-agent", null), header("if-none-match", '"1"')] },
    response: { headers: [header("vary", "Cookie, Accept"), header("x-request-id", "b")] },
  });
  const { asked, answered, sentences } = compareRecords(one, other);
  expect(asked).toEqual([{ name: "if-none-match", earlier: null, later: '"1"' }]);
  expect(answered).toEqual([
    { name: "vary", earlier: "Cookie", later: "Cookie, Accept" },
    { name: "etag", earlier: '"1"', later: null },
  ]);
  expect(sentences).toContain("1 header of the requests and 2 headers of the answers differ.");
  expect(compareRecords(one, { ...one, at: 1, request: other.request }).sentences).toContain(
    "1 header of the requests differs.",
  );
});

test("of everything else only what differs is listed", () => {
  const one = record({ request: { query: [{ name: "q", length: 4 }] }, steps: [loader("root")] });
  const other = record({
    at: 1,
    session: { state: "none" },
    request: { query: [{ name: "q", length: 1 }], bytes: 20 },
    response: { cookies: [{ name: "verso", length: 0, attributes: ["Path=/"], removed: true }], sent: 1_500 },
    steps: [
      loader("root"),
      { ...loader("routes/notes._index"), kind: "action", status: 422 } as Step,
      { kind: "form", started: 0, ms: 1, fields: [{ name: "title", length: 301, messages: ["Too long."] }] },
    ],
  });
  expect(compareRecords(one, other).facts).toEqual([
    { name: "Login", earlier: "open", later: "none" },
    { name: "In the address: q", earlier: "4 characters", later: "1 character" },
    { name: "Body sent", earlier: "0 bytes", later: "20 bytes" },
    { name: "Over the network", earlier: "2,000 bytes", later: "1,500 bytes" },
    { name: "In the form: title", earlier: null, later: "301 characters. Too long." },
    { name: "The action of routes/notes._index", earlier: null, later: "answered 422" },
    { name: "Cookie set: verso", earlier: null, later: "to be forgotten; Path=/" },
  ]);
});
