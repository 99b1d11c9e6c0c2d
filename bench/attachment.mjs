// 500 MB up and down again: how much memory the server takes for it at most.
import { randomFillSync } from "node:crypto";
import { request } from "node:http";
import { start } from "./processes.mjs";

const MEGABYTE = 1_000_000;
const LARGE = 500;

export async function attachment() {
  const verso = await start("verso", { environment: { MAX_FILE: "1GiB" } });
  // What it takes to run this code at all is no matter of size.
  await download(verso, await upload(verso, 5));
  const before = await peakOf(verso, async () => {});
  console.log(
    `${LARGE} MB, by a reader who takes its time | peak of resident memory, before it: ${before.toFixed(0)} MB\n`,
  );
  let address = "";
  for (const [name, work] of /** @type {[string, () => Promise<void>][]} */ ([
    [
      "up",
      async () => {
        address = await upload(verso, LARGE);
      },
    ],
    ["down", () => download(verso, address)],
    ["down, slowly", () => download(verso, address, 5)],
  ])) {
    const started = performance.now();
    const peak = await peakOf(verso, work);
    const rate = LARGE / ((performance.now() - started) / 1000);
    console.log(
      name.padEnd(14),
      `+${(peak - before).toFixed(0)} MB`.padStart(9),
      `${rate.toFixed(0)} MB/s`.padStart(9),
    );
  }
  verso.child.kill();
}

/** The most that was resident while `work` ran, in megabytes. @param {import("./processes.mjs").Running} server @param {() => Promise<void>} work */
async function peakOf(server, work) {
  let done = false;
  let peak = (await server.memory()).rss;
  const working = work().finally(() => (done = true));
  while (!done) {
    peak = Math.max(peak, await server.resident());
    await new Promise((later) => setTimeout(later, 20));
  }
  await working;
  return peak;
}

/** @param {import("./processes.mjs").Running} server @param {number} megabytes @returns {Promise<string>} the file's address */
async function upload({ port, facts }, megabytes) {
  const head = '--x\r\nContent-Disposition: form-data; name="files"; filename="large.bin"\r\n\r\n';
  const tail = "\r\n--x--\r\n";
  const answer = await new Promise((resolve, reject) => {
    const headers = {
      Host: "localhost:3000",
      Cookie: facts.cookie,
      Origin: "http://localhost:3000",
      "Content-Type": "multipart/form-data; boundary=x",
      "Content-Length": head.length + megabytes * MEGABYTE + tail.length,
    };
    const path = "/files?for=text&_data=routes%2Ffiles._index";
    const asking = request({ port, path, headers, method: "POST" }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("end", () => resolve(JSON.parse(text)));
    });
    asking.on("error", reject);
    const part = Buffer.alloc(MEGABYTE);
    let left = megabytes;
    const send = () => {
      for (; left > 0; left -= 1) {
        // Another megabyte each time: nothing is found to be here already.
        randomFillSync(part, 0, 16);
        if (!asking.write(Buffer.from(part))) {
          left -= 1;
          return asking.once("drain", send);
        }
      }
      asking.end(tail);
    };
    asking.write(head);
    send();
  });
  return `/files/${answer.kept[0].id}`;
}

/**
 * @param {import("./processes.mjs").Running} server @param {string} path
 * @param {number} [pause] milliseconds after each megabyte
 * @returns {Promise<void>}
 */
function download({ port, facts }, path, pause = 0) {
  return new Promise((resolve, reject) => {
    const asking = request(
      { port, path, headers: { Host: "localhost:3000", Cookie: facts.cookie } },
      async (answer) => {
        let bytes = 0;
        let rested = 0;
        for await (const part of answer) {
          bytes += part.length;
          if (pause === 0 || bytes - rested < MEGABYTE) continue;
          rested = bytes;
          await new Promise((later) => setTimeout(later, pause));
        }
        if (bytes === Number(answer.headers["content-length"])) resolve();
        else reject(new Error(`${path}: ${answer.statusCode}, ${bytes} bytes`));
      },
    );
    asking.on("error", reject).end();
  });
}
