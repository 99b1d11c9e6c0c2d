import { afterEach, beforeEach, expect, test } from "vitest";
import { backOf, plain, recordOf } from "../support/back";
import type { Answer, Client } from "../support/client";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

/** The name of a page's record, from the page's own link. */
const visitOf = (page: Answer) => backOf(page).replace("/back/", "");

test("a back page offers one's other requests to compare with, by a form that needs no script", async () => {
  const search = recordOf(await ada.get("/notes?q=canary"));
  const list = recordOf(await ada.get("/notes"));
  const { text } = await ada.get(`/back/${list}`);
  const form = /<form class="compare".*?<\/form>/s.exec(text)?.[0] ?? "";
  expect(form).toContain(`method="get" action="/back/${list}/compare"`);
  expect(form).toMatch(
    new RegExp(`<select id="with" name="with">.*<option[^>]* value="${search}">GET /notes \\(200\\), `),
  );
  expect(form).not.toContain(`value="${list}"`);
});

test("two requests stand side by side, with their statements, headers and statuses", async () => {
  await ada.write("Plan", "text");
  const list = recordOf(await ada.get("/notes"));
  const refused = recordOf(await ada.post("/notes", { title: "x".repeat(301), content: "text" }));
  const page = await ada.get(`/back/${refused}/compare?with=${list}`);
  expect(page).toHaveStatus(200);
  const text = plain(page);
  expect(text).toContain("The earlier was GET /notes, the later POST /notes.");
  expect(text).toContain(
    "The earlier was answered 200 – here it is; the later was answered 422 – read, and not as it should be.",
  );
  // One of the three may have taken another time, and is told apart then.
  expect(text).toMatch(/The same in both: [123] statements?</);
  expect(text).not.toMatch(/In the (earlier|later) only/);
  expect(text).toContain('<th scope="row">In the form: title</th><td>–</td><td>301 characters. A title has 300');
  expect(text).toContain('<th scope="row">content-type</th><td>–</td><td>application/x-www-form-urlencoded</td>');
  expect(text).not.toContain("x-request-id");
  expect(text).toContain(`<option value="${list}" selected="">`);
  expect(text).not.toMatch(/ style=/);
});

test("statements that only one of the two asked are shown as such", async () => {
  await ada.write("Plan", "text");
  const list = recordOf(await ada.get("/notes"));
  const search = recordOf(await ada.get("/notes?q=plan"));
  const text = plain(await ada.get(`/back/${list}/compare?with=${search}`));
  expect(text).toMatch(/2 ran in the later only/);
  expect(text).toMatch(/1 ran in the earlier only/);
  expect(text).toMatch(/<strong>− In the earlier only<\/strong><\/p><pre[^>]*>select "id", "heading"/);
  expect(text).toMatch(/<strong>\+ In the later only<\/strong><\/p><pre[^>]*>select count/);
  expect(text).toMatch(/The same in both: [12] statements?</);
  expect(text).toContain('<th scope="row">In the address: q</th><td>–</td><td>4 characters</td>');
});

test("the same two, asked for the other way round, differ in the same", async () => {
  const [one, other] = [recordOf(await ada.get("/notes")), recordOf(await ada.get("/trash"))];
  const story = (answer: Answer) => /<div class="story">.*?<\/div>/s.exec(plain(answer))?.[0];
  const first = story(await ada.get(`/back/${one}/compare?with=${other}`));
  expect(first).toContain("The earlier was GET /notes, the later GET /trash.");
  expect(story(await ada.get(`/back/${other}/compare?with=${one}`))).toBe(first);
});

test("a comparison has the headers of a back page and is not recorded itself", async () => {
  const [one, other] = [recordOf(await ada.get("/notes")), recordOf(await ada.get("/trash"))];
  const page = await ada.get(`/back/${one}/compare?with=${other}`);
  expect(page.headers["cache-control"]).toBe("private, no-store");
  expect(page.headers["referrer-policy"]).toBe("no-referrer");
  expect(page.headers["x-robots-tag"]).toBe("noindex");
  expect(page.headers["server-timing"]).toBeUndefined();
});

test("only records of one login are compared, from either side", async () => {
  const mine = recordOf(await ada.get("/notes"));
  const also = recordOf(await ada.get("/trash"));
  const elsewhere = await verso.signIn();
  const eve = await verso.join("Eve");
  const visitor = verso.visitor();
  const visited = visitOf(await visitor.get("/login"));
  const hers = recordOf(await eve.get("/notes"));
  const there = recordOf(await elsewhere.get("/notes"));
  expect(await ada.get(`/back/${mine}/compare?with=${also}`)).toHaveStatus(200);
  for (const foreign of [hers, there, visited, "AAAAAAAAAAAAAAAAAAAAAA"]) {
    expect(await ada.get(`/back/${mine}/compare?with=${foreign}`), foreign).toHaveStatus(404);
    expect(await ada.get(`/back/${foreign}/compare?with=${mine}`), foreign).toHaveStatus(404);
  }
  for (const other of [eve, elsewhere, visitor, verso.visitor()]) {
    expect(await other.get(`/back/${mine}/compare?with=${also}`)).toHaveStatus(404);
    expect(await other.get(`/back/${mine}/compare`)).toHaveStatus(404);
    expect(await other.get(`/back/${mine}/compare?with=nothing`)).toHaveStatus(404);
  }
  expect(await eve.get(`/back/${hers}/compare?with=${mine}`)).toHaveStatus(404);
});

test("a visitor compares what their own browser asked for", async () => {
  const visitor = verso.visitor();
  const one = visitOf(await visitor.get("/login"));
  const other = visitOf(await visitor.get("/"));
  const page = plain(await visitor.get(`/back/${one}/compare?with=${other}`));
  expect(page).toContain("The earlier was GET /login, the later GET /.");
  expect(await verso.visitor().get(`/back/${one}/compare?with=${other}`)).toHaveStatus(404);
});

test("an address that names no other request says so, and the form is there to choose one", async () => {
  const mine = recordOf(await ada.get("/notes"));
  const without = await ada.get(`/back/${mine}/compare`);
  expect(without).toHaveStatus(200);
  expect(without.text).toContain('<form class="compare"');
  for (const query of ["with=", "with=select%201", `with=../${mine}`, `with=${mine}&with=${mine}`]) {
    const page = await ada.get(`/back/${mine}/compare?${query}`);
    expect(page, query).toHaveStatus(422);
    expect(page.text).toMatch(/role="alert">(The address names no request|The address names “with” twice)/);
    expect(page.text).toContain('<form class="compare"');
  }
});

test("S20 no comparison of any two requests holds a secret or a person's words", async () => {
  const pages = [
    await ada.post("/login", { email: "canary@example.org", password: "canary-wrong-password" }),
    await ada.post("/notes", { title: "canary-title".repeat(30), content: "canary-text" }),
    await ada.get("/notes?q=canary-search"),
    await ada.get(`/notes/${await ada.write("canary-own-title", "canary-own-text")}`),
    await ada.get("/notes", { "User-Agent": "canary-agent", "If-None-Match": "x" }),
  ].map(recordOf);
  const cookies = [...ada.cookies.values()].map((value) => decodeURIComponent(value).split(".")[0] ?? "");
  for (const one of pages)
    for (const other of pages) {
      const { text, status } = await ada.get(`/back/${one}/compare?with=${other}`);
      expect(status).toBe(200);
      expect(text).not.toMatch(/canary|correct horse|\$argon2/);
      for (const secret of [...cookies, ...verso.settings.secrets]) expect(text).not.toContain(secret);
    }
});
