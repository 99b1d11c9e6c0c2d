import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import Sqlite from "better-sqlite3";

/**
 * Copies the whole database to `file`, for nobody else on the machine, and reads the copy through
 * before it counts.
 *
 * @throws Error where there is such a file already.
 */
export function copyVerified(source: Sqlite.Database, file: string) {
  closeSync(openSync(file, "wx", 0o600));
  source.prepare("vacuum into ?").run(file);
  const copy = new Sqlite(file, { readonly: true });
  try {
    const verdict = copy.pragma("integrity_check", { simple: true });
    const orphans = copy.pragma("foreign_key_check") as unknown[];
    if (verdict !== "ok" || orphans.length > 0) throw new Error(`The copy ${file} is damaged: ${String(verdict)}`);
  } finally {
    copy.close();
  }
  for (const path of [file, dirname(resolve(file))]) {
    const handle = openSync(path, "r");
    fsyncSync(handle);
    closeSync(handle);
  }
}
