const lines: string[] = [];
const { write } = process.stdout;

// Pino writes to this stream where it isn't the plain one any more; so this stands before the program is loaded.
process.stdout.write = function (this: NodeJS.WriteStream, ...words: Parameters<typeof write>) {
  const [chunk] = words;
  if (typeof chunk !== "string" || !chunk.startsWith('{"level":')) return write.apply(this, words);
  lines.push(chunk);
  return true;
} as typeof write;

/** What the program has logged in this process since this was last asked: nothing but where LOG_LEVEL has it log. */
export function takeLog(): string {
  return lines.splice(0).join("");
}
