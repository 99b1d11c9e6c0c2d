import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes the folder that a file is to be in, for nobody else on the machine.
 *
 * @returns the folder.
 * @throws Error with a sentence for the operator.
 */
export function makeFolderOf(file: string): string {
  const folder = dirname(resolve(file));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Error(`Verso can't start: the folder ${folder} can't be made (${reason}).`, { cause: error });
  }
  return folder;
}
