// `npm run bench` holds Verso against the limit: a bare node:http server that runs the same kind of
// prepared statements and sends the same bytes. `npm run bench -- back` says what it costs that
// pages can be turned over, and `npm run bench -- memory` what it keeps. `npm run bench -- scale`
// holds a person with 100,000 notes against one with 1,000, and `npm run bench -- attachment` says what
// memory a large file takes. Both sides answer in turns,
// so that the machine's moods hit both.
import { rmSync } from "node:fs";
import { attachment } from "./attachment.mjs";
import { ask, folder, measure, middle, REQUESTS, start } from "./processes.mjs";

if (process.argv[2] === "back") await back();
else if (process.argv[2] === "memory") await memory();
else if (process.argv[2] === "scale") await scale();
else if (process.argv[2] === "attachment") await attachment();
else await limit();
rmSync(folder, { recursive: true, force: true });

async function limit() {
  const verso = await start("verso");
  const { cookie, id } = verso.facts;
  let version = 0;
  const kinds = [
    { name: "list", path: "/notes" },
    { name: "note", path: `/notes/${id}` },
    { name: "search, rare word", path: "/notes?q=zeppelin" },
    { name: "search, common word", path: "/notes?q=bread" },
    { name: "create", path: "/notes", form: () => `title=Made&content=${"some+words+".repeat(50)}` },
    {
      name: "save",
      path: `/notes/${id}/edit`,
      form: () => `title=Saved&version=${version}&content=${"other+words+".repeat(50)}${version}`,
    },
  ];
  const bodies = Object.fromEntries(
    await Promise.all(
      kinds.map(async ({ name, path, form }) => [name, form ? "" : await ask(verso.port, cookie, path)]),
    ),
  );
  const bare = await start("bare", { bodies, id });
  await compare(7, kinds, ["Verso", verso, () => (version += 1)], ["bare", bare, () => {}], cookie);
}

async function back() {
  const own = await start("verso", { back: "own" });
  const off = await start("verso", { back: "off" });
  const kinds = [
    { name: "list", path: "/notes" },
    { name: "note", path: `/notes/${own.facts.id}` },
  ];
  const nothing = () => {};
  await compare(15, kinds, ["own", own, nothing], ["off", off, nothing]);
}

/** The same pages for somebody with a hundred times as many notes, 20 notebooks and 500 tags. */
async function scale() {
  const many = await start("verso", { notes: 100_000, places: true });
  const few = await start("verso", { notes: 1_000, places: true });
  const kinds = [
    { name: "list", path: "/notes" },
    { name: "a notebook's list", path: "/notebooks/0199a9a9-0000-7000-9000-000000000007" },
    { name: "a tag's list", path: "/tags/tag-7" },
    { name: "a common tag's", path: "/tags/tag-1" },
    { name: "places", path: "/places" },
    { name: "200 backlinks", path: "/notes/0199a9a9-0000-7000-8000-000000000500" },
    { name: "search, rare word", path: "/notes?q=zeppelin" },
    { name: "search, common word", path: "/notes?q=bread" },
  ];
  const nothing = () => {};
  await compare(5, kinds, ["100,000", many, nothing], ["1,000", few, nothing]);
}

/** A thousand logins, each with more and more requests: what is kept of them, beside a server that keeps nothing. */
async function memory() {
  console.log("1,000 logins, requests of each | own: MB in use, MB resident | off: MB in use, MB resident\n");
  const sides = await Promise.all(["own", "off"].map((back) => start("verso", { back, logins: 1_000 })));
  for (const requests of [0, 5, 5, 10]) {
    const cells = await Promise.all(
      sides.map(async ({ port, facts, memory }) => {
        for (let sent = 0; sent < requests; sent += 1)
          for (const cookie of facts.cookies) await ask(port, cookie, "/trash");
        const { used, rss } = await memory();
        return `${used.toFixed(1)} ${rss.toFixed(0)}`.padStart(12);
      }),
    );
    console.log(`${requests} more`.padEnd(10), cells.join(" | "));
  }
  for (const { child } of sides) child.kill();
}

/**
 * @typedef {[name: string, server: import("./processes.mjs").Running, before: () => void]} Side
 * @param {number} rounds
 * @param {{ name: string, path: string, form?: () => string }[]} kinds
 * @param {Side} one @param {Side} other
 * @param {string} [cookie] for both sides; each its own where it isn't given
 */
async function compare(rounds, kinds, one, other, cookie) {
  console.log(`${rounds} rounds of ${REQUESTS} requests, medians\n`);
  console.log(`${"".padEnd(20)} ${one[0]}: ms CPU, req/s | ${other[0]}: ms CPU, req/s | CPU ratio`);
  for (const { name, path, form } of kinds) {
    const times = await Promise.all([one, other].map(() => /** @type {{ cpu: number, rate: number }[]} */ ([])));
    for (let round = 0; round < rounds; round += 1) {
      for (const [place, [, server, before]] of [one, other].entries()) {
        const written = () => {
          before();
          return form?.();
        };
        times[place]?.push(await measure(server, cookie ?? server.facts.cookie, path, written));
      }
    }
    const [ours, theirs] = times.map(middle);
    if (!ours || !theirs) continue;
    const cells = [ours.cpu.toFixed(2), ours.rate.toFixed(0), theirs.cpu.toFixed(2), theirs.rate.toFixed(0)];
    console.log(
      name.padEnd(20),
      ...cells.map((cell) => cell.padStart(9)),
      (ours.cpu / theirs.cpu).toFixed(3).padStart(12),
    );
  }
  for (const [, { child }] of [one, other]) child.kill();
}
