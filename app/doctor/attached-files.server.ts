import type Sqlite from "better-sqlite3";
import type { Finding } from "./finding";

const NAME = "Attached files";

/** Contents that say another length than their pieces have, or that were let go while a file still names them. */
const BROKEN = `select count(*) from files join file_contents as content on content.key = files.content_key
  where content.digest is null or content.bytes <> files.bytes or content.bytes <>
    (select coalesce(sum(length(piece.bytes)), 0) from file_chunks as piece where piece.content_key = content.key)`;

const LEFT_OVER = "digest is not null and not exists (select 1 from files where files.content_key = file_contents.key)";

/** Looks in both directions: files without their bytes, and bytes that belong to no file. */
export function lookAtFiles(connection: Sqlite.Database): Finding {
  const count = (query: string) => Number(connection.prepare(query).pluck().get());
  const broken = count(BROKEN);
  const left = count(`select count(*) from file_contents where ${LEFT_OVER}`);
  const words = [
    broken > 0 && `${broken === 1 ? "1 file is" : `${broken} files are`} not whole: restore them from a backup.`,
    left > 0 && `${left === 1 ? "1 content belongs" : `${left} contents belong`} to no file; --fix lets go of it.`,
  ].filter(Boolean);
  if (words.length > 0) return { name: NAME, verdict: "wrong", words: words.join(" ") };
  return {
    name: NAME,
    verdict: "fine",
    words: `${count("select count(*) from files")} files, each with all its bytes.`,
  };
}

/** Lets go of bytes that belong to no file; Verso takes them away within the hour. */
export function mendFiles(writer: Sqlite.Database): Finding {
  writer.exec(`update file_contents set digest = null, touched = 0 where ${LEFT_OVER}`);
  const after = lookAtFiles(writer);
  return after.verdict === "wrong" ? after : { ...after, verdict: "mended" };
}
