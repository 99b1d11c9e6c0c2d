import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findByEmail } from "~/accounts/people.server";
import { engine } from "~/db/engine.server";
import { readImport, startImport } from "./imports.server";
import { joinSources, openSource, RefusedSource } from "./source.server";

/** A command that can't be done, with a sentence; the process then ends with 1. */
export class CommandFailed extends Error {
  override name = "CommandFailed";
}

/** What `node bin/verso.mjs NAME …` can do besides serving. Each writes what it did to standard output. */
export const commands: Record<string, (words: string[]) => Promise<void>> = {
  import: importCommand,
  backup: backupCommand,
};

/** `import FOLDER|ZIP|FILE… --for EMAIL` */
async function importCommand(words: string[]) {
  const { values, positionals } = read(words, { for: { type: "string" } });
  if (!values.for || positionals.length === 0)
    throw new CommandFailed("Use it so: npm run import -- FOLDER|ZIP|FILE… --for EMAIL");
  const person = await findByEmail(values.for);
  if (!person) throw new CommandFailed(`Nobody here has the address ${values.for}.`);
  const missing = positionals.find((path) => !existsSync(path));
  if (missing) throw new CommandFailed(`There is no ${missing}.`);
  const source = joinSources(positionals.join(", "), await Promise.all(positionals.map((path) => openOrFail(path))));
  const started = await startImport(person, source);
  await started?.finished;
  const { state, counts, files, here } = await readImport(person, started?.id);
  for (const { path, outcome, why } of files) if (outcome === "failed" || why) say(`${outcome}  ${path}  ${why ?? ""}`);
  if (here > 0) say(`skipped  ${here === 1 ? "1 file that is" : `${here} files that are`} here already`);
  say(`${counts.made} made, ${counts.skipped} skipped, ${counts.failed} failed.`);
  if (state !== "done")
    throw new CommandFailed("The import was cut off. Run it again: what is here already is not made twice.");
}

/** `backup FILE` */
async function backupCommand(words: string[]) {
  const [file] = read(words, {}).positionals;
  if (!file) throw new CommandFailed("Use it so: npm run backup -- FILE");
  const folder = dirname(resolve(file));
  if (!existsSync(folder)) throw new CommandFailed(`There is no folder ${folder}.`);
  if (existsSync(file)) throw new CommandFailed(`${file} is there already; choose another name.`);
  try {
    engine().snapshot(resolve(file));
  } catch (error) {
    throw new CommandFailed(
      `The copy could not be written: ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  }
  say(`${resolve(file)}: ${statSync(file).size} bytes, read through and whole.`);
}

function read<Options extends Record<string, { type: "string" }>>(words: string[], options: Options) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    throw new CommandFailed(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function openOrFail(path: string) {
  try {
    return await openSource(path);
  } catch (error) {
    if (error instanceof RefusedSource)
      throw new CommandFailed(`${path}: ${error.message} Nothing was imported.`, { cause: error });
    throw error;
  }
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}
