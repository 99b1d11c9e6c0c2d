import { installGlobals, type ServerBuild } from "@remix-run/node";
import { expect, test } from "vitest";
import { TooBusy } from "~/http/limits.server";
import { keepingWords } from "./keep-words.server";

installGlobals();

/** A build of one route whose action fails in this way, and what a form sent to it is answered. */
async function answerOf(failure: unknown, body = "content=my+words&password=secret") {
  const action = () => {
    throw failure;
  };
  const build = keepingWords({ routes: { only: { id: "only", module: { action } } } } as unknown as ServerBuild);
  const request = new Request("http://localhost:3000/notes", {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body,
  });
  const run = build.routes.only?.module.action;
  const thrown: unknown = await Promise.resolve(run?.({ request, params: {}, context: {} as never })).catch(
    (error: unknown) => error,
  );
  if (!(thrown instanceof Response)) throw new Error("It threw no response.");
  return thrown;
}

test("more sign-ins at once than the machine takes are answered 503 and when to come back, with the form", async () => {
  const answer = await answerOf(new TooBusy());
  expect(answer.status).toBe(503);
  expect(answer.headers.get("Retry-After")).toBe("5");
  expect(await answer.json()).toMatchObject({ kept: { action: "/notes", fields: [["content", "my words"]] } });
});

test("whatever breaks in an action, the words are given back, and neither the error nor a password", async () => {
  const answer = await answerOf(new Error("inner detail"));
  expect(answer.status).toBe(500);
  const text = await answer.text();
  expect(text).toContain("my words");
  expect(text).not.toMatch(/inner detail|secret/);
});
