import { parseArgs } from "node:util";
import { readEnvironment } from "~/environment.server";
import { databaseFileOf } from "~/settings.server";
import { checkUp } from "./checkups.server";

const WIDTH = 30;

/**
 * `doctor [--fix]`: says of each thing what was found. The process ends with 1 where something is
 * wrong, and with 2 where it couldn't be looked at. Nothing is migrated, and no file is made.
 */
export async function doctorCommand(words: string[], migrations: string) {
  try {
    const { values } = parseArgs({ args: words, options: { fix: { type: "boolean", default: false } } });
    const file = databaseFileOf(readEnvironment(process.env));
    const { findings } = await checkUp({ file, migrations, fix: values.fix });
    for (const { name, verdict, words } of findings) say(`${verdict.padEnd(8)}${name.padEnd(WIDTH)}${words}`);
    const wrong = findings.filter(({ verdict }) => verdict === "wrong").length;
    say(wrong === 0 ? "All is well." : wrong === 1 ? "1 thing is wrong." : `${wrong} things are wrong.`);
    process.exitCode = wrong === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}
