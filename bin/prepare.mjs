// Runs before `npm start` and `npm test`: installs what is missing and builds what is out of date,
// so that each of the two is all there is to type after `git clone`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("..", import.meta.url));
process.chdir(top);

if (isInstallNeeded()) {
  run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"]);
  writeFileSync(stampFile(), lockDigest());
}
// esbuild 0.17 crashes once in some dozens of builds; the next one goes through.
if (isBuildNeeded()) {
  process.stdout.write("Building…\n");
  // Files have their digest in their names: those of earlier builds would stay for ever.
  rmSync("public/build", { recursive: true, force: true });
  if (!builds()) run("npm", ["run", "--silent", "build"]);
}
if (process.argv.includes("--browser")) {
  const { needChromium } = await import("./chromium.mjs");
  await needChromium();
}

/** Without its output: the compiler warns of source maps in the browser, and Verso doesn't hand them out. */
function builds() {
  return tries("npm", ["run", "--silent", "build"], "ignore");
}

/** Written after an install that went through: which lockfile it was of. */
function stampFile() {
  return "node_modules/.verso-installed";
}

function isInstallNeeded() {
  return !existsSync(stampFile()) || readFileSync(stampFile(), "utf8") !== lockDigest();
}

/** The lockfile, and the Node that native modules were built for. */
function lockDigest() {
  return createHash("sha256").update(readFileSync("package-lock.json")).update(process.versions.modules).digest("hex");
}

function isBuildNeeded() {
  if (!existsSync("build/index.js") || !existsSync("public/build")) return true;
  // `npm run dev` leaves a build for development behind.
  if (/\bmode = "development"/.test(readFileSync("build/index.js", "utf8"))) return true;
  const built = statSync("build/index.js").mtimeMs;
  return ["app", "remix.config.js", "package-lock.json", "tsconfig.json"].some((path) => newest(path) > built);
}

/**
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time tells of files that were deleted.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/**
 * @param {string} command
 * @param {string[]} words
 */
function run(command, words) {
  if (tries(command, words)) return;
  process.stderr.write(`This did not work: ${command} ${words.join(" ")}. What it said is above.\n`);
  process.exit(1);
}

/**
 * @param {string} command
 * @param {string[]} words
 * @param {"inherit" | "ignore"} output
 */
function tries(command, words, output = "inherit") {
  try {
    execFileSync(command, words, { stdio: ["inherit", output, output] });
    return true;
  } catch {
    return false;
  }
}
