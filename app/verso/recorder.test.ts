import { AsyncResource } from "node:async_hooks";
import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Request, Response } from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reported } from "~/db/statements.server";
import { readEnvironment } from "~/environment.server";
import { setSettings, settingsFrom } from "~/settings.server";
import { recorder, startRecording } from "./recorder.server";

let end = () => {};
beforeAll(() => {
  setSettings(settingsFrom(readEnvironment({ SECRET: "a-secret-for-the-tests-of-forty-characters" })));
  end = startRecording();
});
afterAll(() => end());

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

test.each([
  ["its answer is closed", "answer"],
  ["its connection breaks while the answer waits for its turn", "socket"],
] as const)("what still runs after %s has its values held by nobody", async (_, closed) => {
  const socket = Object.assign(new EventEmitter(), { bytesWritten: 0 });
  const request = { path: "/", headers: {}, socket: socket as unknown } as Request;
  const answer = new EventEmitter() as Response;
  Object.assign(answer, { locals: {}, writeHead: () => answer });
  // In the context of the request, which lives as long as this function.
  let ask: (value: Uint8Array) => void = () => {};
  recorder(request, answer, () => {
    ask = AsyncResource.bind((value: Uint8Array) =>
      reported(
        "select ?",
        "read",
        [value],
        () => null,
        () => 0,
      ),
    );
  });
  const askFor = () => {
    const value = new Uint8Array(1_000);
    ask(value);
    return new WeakRef(value);
  };
  const before = askFor();
  await sleep(0);
  collect();
  expect(before.deref()).toBeDefined();
  if (closed === "answer") answer.emit("close");
  else socket.emit("close");
  await sleep(0);
  const after = askFor();
  await sleep(0);
  collect();
  expect([before.deref(), after.deref()]).toEqual([undefined, undefined]);
  expect(ask).toBeTypeOf("function");
});
