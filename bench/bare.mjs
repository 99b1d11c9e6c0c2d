// The limit: node:http and prepared statements, sending the bytes that Verso sent.
import { createServer } from "node:http";
import Sqlite from "better-sqlite3";

process.once(
  "message",
  (/** @type {{ folder: string, bodies: Record<string, string>, id: string }} */ { folder, bodies, id }) => {
    const database = new Sqlite(`${folder}/own.db`);
    database.pragma("synchronous = FULL");
    const owner = database.prepare("select id from users").pluck().get();
    const list = database.prepare(
      "select id, heading, excerpt, updated from notes where owner_id = ? and trashed is null order by updated desc, id desc limit 51",
    );
    const note = database.prepare("select * from notes where id = ? and owner_id = ?");
    const search = database.prepare(
      "select id, heading, updated from notes where owner_id = ? and trashed is null and key in (select rowid from note_search where note_search match ?) order by updated desc limit 51",
    );
    const insert = database.prepare(
      "insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content) values (?, ?, 'b', 'b', '', 1, 1, 1, 1, '', ?)",
    );
    const update = database.prepare("update notes set content = ?, version = version + 1 where id = ?");
    let made = 0;
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
      if (request.method === "POST") {
        let form = "";
        request.on("data", (chunk) => (form += chunk));
        request.on("end", () => {
          const content = new URLSearchParams(form).get("content");
          if (pathname.endsWith("/edit")) update.run(content, id.replace("5000", "4999"));
          else insert.run(`bare-${made++}`, owner, content);
          response.writeHead(303, { Location: "/" }).end();
        });
        return;
      }
      const q = searchParams.get("q");
      if (q) search.all(owner, q);
      else if (pathname === "/notes") list.all(owner);
      else note.get(id, owner);
      const name = q
        ? q === "zeppelin"
          ? "search, rare word"
          : "search, common word"
        : pathname === "/notes"
          ? "list"
          : "note";
      response.setHeader("Content-Type", "text/html; charset=utf-8").end(bodies[name]);
    });
    server.listen(0, "127.0.0.1", () => {
      process.on("message", () => {
        const { user, system } = process.cpuUsage();
        process.send?.(user + system);
      });
      const address = server.address();
      process.send?.({ port: typeof address === "object" ? address?.port : 0 });
    });
  },
);
