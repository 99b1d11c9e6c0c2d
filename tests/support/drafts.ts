import type { SqliteEngine } from "~/db/sqlite.server";
import type { Answer, Client } from "./client";
import type { TestVerso } from "./verso";

/** Sends a draft as Ada's page does: of a new note, typed first, unless told otherwise. */
export function sendDraft(
  verso: TestVerso,
  client: Client,
  id: string,
  fields: Record<string, string>,
): Promise<Answer> {
  const { writer } = verso.engine as SqliteEngine;
  const owner = writer.prepare("select id from users where role = 'owner'").pluck().get() as string;
  const version = fields.note ? "1" : "0";
  return client.post(`/drafts/${id}/keep`, {
    owner,
    note: "",
    version,
    sequence: "1",
    title: "",
    content: "",
    ...fields,
  });
}
