import { afterEach, expect, vi } from "vitest";
import "./matchers";

// Nothing may complain on the quiet: React, Remix and Node all warn through console.error.
const complaints = vi.spyOn(console, "error").mockImplementation(() => {});

afterEach(() => {
  const said = complaints.mock.calls.map((call) => call.map(String).join(" "));
  complaints.mockClear();
  expect(said, "console.error was called").toEqual([]);
});
