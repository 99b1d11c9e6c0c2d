import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of a Chromium for the tests: CHROMIUM, then the path, then Playwright's own. Null where there is none. */
export async function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (onPath) return onPath;
  const { chromium } = await import("playwright-core");
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** The same, installed first where it is missing. Ends the process with a sentence where none can be had. */
export async function needChromium() {
  const found = await findChromium();
  if (found) return found;
  process.stdout.write("Installing Chromium for the browser tests…\n");
  try {
    if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
      execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
      execFileSync("apt-get", ["install", "-y", "-qq", "chromium"], { stdio: "inherit" });
    } else {
      execFileSync("npx", ["playwright-core", "install", "--with-deps", "chromium"], { stdio: "inherit" });
    }
  } catch {
    // Said below.
  }
  const installed = await findChromium();
  if (installed) return installed;
  process.stderr.write(
    "The browser tests need Chromium: install it, or set CHROMIUM to its path, and run npm test again.\n",
  );
  process.exit(1);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
