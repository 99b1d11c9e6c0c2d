import type { Readable, Writable } from "node:stream";
import busboy from "busboy";
import { FORM_BYTES } from "./forms.server";

/** A form with files that can't be read as one, with a sentence on why. */
export class DamagedForm extends Error {
  override name = "DamagedForm";
}

export interface SentFile {
  /** What the sender calls it: to be believed in nothing. */
  name: string;
  /** Its bytes as they arrive: the sender waits until they are read. */
  pieces: AsyncIterable<Uint8Array>;
}

/**
 * Reads the files of a form one after another, in pieces: never more of them is held than a few
 * hundred kilobytes. The form is read to its end, whatever is wrong with it: a browser looks at the
 * answer only when it has sent everything.
 *
 * @param take is given each file in turn; what it leaves unread is skipped.
 * @param hear is given each field that is no file; without it there are none to speak of.
 * @throws DamagedForm for what is no such form, for more than `most` files, and for one that breaks
 * off; else what `take` threw first.
 */
export async function readFiles(
  request: Request,
  most: number,
  take: (file: SentFile) => Promise<void>,
  hear?: (name: string, value: string) => void,
) {
  if (!request.body) return;
  const problems: unknown[] = [];
  const parser = parserFor(request, most, hear ? FORM_BYTES : 1_000);
  if (hear) parser.on("field", (name, value) => hear(name, value));
  let last = Promise.resolve();
  parser.on("file", (_field, stream, { filename }) => {
    // Heard from the parser as well; but a stream whose error nobody listens to ends the process.
    stream.on("error", () => {});
    // A form sent with nothing chosen has one file without a name.
    if (!filename) return void stream.resume();
    last = last
      .then(() => take({ name: filename, pieces: stream.iterator({ destroyOnReturn: false }) }))
      .catch((error) => void problems.push(error))
      .finally(() => skip(stream));
  });
  const refuse = (sentence: string, cause?: unknown) => problems.unshift(new DamagedForm(sentence, { cause }));
  parser.on("filesLimit", () => refuse(`More than ${most} files at once; send them in parts.`));
  parser.on("partsLimit", () => refuse("The form has too many parts."));
  parser.on("error", (cause) => refuse("The upload was cut short or is damaged.", cause));
  const closed = new Promise((done) => parser.once("close", done));
  // A body that breaks off ends the parser with an error, which is noted above.
  await Promise.allSettled([pour(request.body, parser), closed]);
  await last;
  if (problems.length > 0) throw problems[0];
}

function skip(stream: Readable) {
  if (!stream.destroyed) stream.resume();
}

/** Remix's own way to do this doesn't wait: a fast sender would fill the memory. */
async function pour(body: ReadableStream<Uint8Array>, parser: Writable) {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (parser.writable && !parser.write(value)) await taken(parser);
    }
    if (parser.writable) parser.end();
  } catch (error) {
    // The sender is gone. Whoever reads a file hears it too.
    parser.destroy(error as Error);
  }
}

/** Until it takes more, or nothing any more. */
function taken(parser: Writable) {
  const events = ["drain", "close", "error"];
  return new Promise<void>((go) => {
    const on = () => {
      for (const event of events) parser.off(event, on);
      go();
    };
    for (const event of events) parser.on(event, on);
  });
}

function parserFor(request: Request, most: number, fieldSize: number) {
  try {
    return busboy({
      headers: Object.fromEntries(request.headers),
      defParamCharset: "utf8",
      limits: { files: most, parts: most + 10, fields: 10, fieldSize, headerPairs: 20 },
    });
  } catch (error) {
    throw new DamagedForm("Choose a file first.", { cause: error });
  }
}
