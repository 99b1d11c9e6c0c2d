import { assert, constantFrom, oneof, property, string } from "fast-check";
import { expect, test } from "vitest";
import { cookiesIn, cookiesSet, pairsIn, queryIn, seenHeaders, seenParameters, sentHeaders } from "./redact.server";

const SECRET = "canary-secret";

test("a header that no list names shows its name only", () => {
  const seen = seenHeaders({ accept: "text/html", authorization: SECRET, "x-anything": SECRET, cookie: SECRET });
  expect(seen).toContainEqual({ name: "accept", value: "text/html" });
  expect(seen.map(({ name }) => name)).toEqual(["accept", "authorization", "x-anything", "cookie"]);
  expect(JSON.stringify(seen)).not.toContain(SECRET);
});

test("addresses lose their queries, the policy its nonce, and a Set-Cookie is not among the headers", () => {
  const sent = sentHeaders({
    location: `/login?redirectTo=${SECRET}`,
    "x-remix-redirect": `/notes/1?saved=${SECRET}`,
    "content-security-policy": `script-src 'nonce-${SECRET}' 'self'`,
    "set-cookie": [SECRET],
    "x-new": SECRET,
  });
  expect(sent).toEqual([
    { name: "location", value: "/login?…" },
    { name: "x-remix-redirect", value: "/notes/1?…" },
    { name: "content-security-policy", value: "script-src 'nonce-…' 'self'" },
    { name: "x-new", value: null },
  ]);
  expect(seenHeaders({ referer: `https://a.example/notes?q=${SECRET}` }, ["https://a.example"])).toEqual([
    { name: "referer", value: "/notes?…" },
  ]);
});

test.each([
  `https://b.example/${SECRET}`,
  `http://a.example/${SECRET}`,
  `https://a.example:8443/${SECRET}`,
  `https://a.example@b.example/${SECRET}`,
  `data:text/html,${SECRET}`,
])("of the page of another site, as %s is, not even the path is seen", (referer) => {
  expect(seenHeaders({ referer }, ["https://a.example"])).toEqual([
    { name: "referer", value: "(a page of another site)" },
  ]);
});

test("no header, cookie or query that a client can send is too strange to be looked at", () => {
  const strange = oneof(string(), constantFrom("http://[", "//", "http://x:99999", "%", "=;=", "http://a b", "\0"));
  assert(
    property(strange, (text) => {
      seenHeaders({ referer: text, host: text, cookie: text });
      sentHeaders({ location: text });
      cookiesIn(text);
      cookiesSet([text]);
      queryIn(pairsIn(text));
    }),
  );
  expect(seenHeaders({ referer: "http://[" })).toEqual([{ name: "referer", value: null }]);
});

test("a cookie shows its name, length and attributes", () => {
  expect(cookiesIn(`verso=${SECRET}; other=a=b; broken`)).toEqual([
    { name: "verso", length: SECRET.length },
    { name: "other", length: 3 },
  ]);
  expect(cookiesSet([`verso=${SECRET}; Path=/; HttpOnly`, "verso=; Max-Age=0"])).toEqual([
    { name: "verso", length: SECRET.length, attributes: ["Path=/", "HttpOnly"], removed: false },
    { name: "verso", length: 0, attributes: ["Max-Age=0"], removed: true },
  ]);
});

test("a query shows names and lengths", () => {
  expect(queryIn(pairsIn(`/notes?q=${SECRET}&after=`))).toEqual([
    { name: "q", length: SECRET.length },
    { name: "after", length: 0 },
  ]);
});

test("a parameter says where it came from only where a text is the same, and never what it is", () => {
  const origins = new Map([
    [SECRET, { origin: "form" as const, name: "content" }],
    ["ab", { origin: "form" as const, name: "title" }],
  ]);
  const described = [{ kind: "text", length: 13 }, { kind: "text", length: 2 }, { kind: "number" }];
  expect(seenParameters(described, [SECRET, "ab", 7], origins)).toEqual([
    { kind: "text", length: 13, origin: "form", name: "content" },
    { kind: "text", length: 2 },
    { kind: "number" },
  ]);
});
