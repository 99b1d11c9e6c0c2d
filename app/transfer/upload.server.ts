import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { writeReadableStreamToWritable } from "@remix-run/node";
import busboy from "busboy";
import { settings } from "~/settings.server";
import { isText, joinSources, openSource, RefusedSource, type Source } from "./source.server";

/** Files in one upload. */
const MOST_FILES = 2_000;
const FOLDER = "verso-upload-";

/**
 * Receives the files of a form into a folder beside the database, a piece at a time.
 *
 * @returns what was sent, opened and checked; closing it deletes the files.
 * @throws RefusedSource with a sentence where nothing of it can be taken.
 */
export async function receiveUpload(request: Request): Promise<Source> {
  const folder = await mkdtemp(join(dirname(settings().databaseFile), FOLDER));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const files = await store(request, folder);
    if (files.length === 0) throw new RefusedSource("Choose a zip of Markdown files, or some Markdown files.");
    const wrong = files.find(({ name }) => extname(name).toLowerCase() !== ".zip" && !isText(name));
    if (wrong) throw new RefusedSource(`“${wrong.name}” is neither a zip nor Markdown.`);
    const sources = await Promise.all(files.map(({ file, name }) => openSource(file, name)));
    const source = joinSources(files.length === 1 ? (files[0]?.name ?? "") : `${files.length} files`, sources);
    const close = async () => {
      await source.close();
      await remove();
    };
    return { ...source, close };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Deletes what an upload left that was cut off by the end of the process. */
export async function removeLeftUploads() {
  const beside = dirname(settings().databaseFile);
  const left = (await readdir(beside)).filter((name) => name.startsWith(FOLDER));
  await Promise.all(left.map((name) => rm(join(beside, name), { recursive: true, force: true })));
}

async function store(request: Request, folder: string) {
  const files: { file: string; name: string }[] = [];
  const writing: Promise<void>[] = [];
  const parser = parserFor(request);
  parser.on("file", (_field, stream, { filename }) => {
    // A form sent with nothing chosen has one file without a name.
    if (!filename) return void stream.resume();
    const file = join(folder, String(files.length));
    files.push({ file, name: filename });
    writing.push(pipeline(stream, createWriteStream(file, { mode: 0o600 })));
  });
  const over = new Promise<void>((done, failed) => {
    parser.on("close", done);
    parser.on("error", failed);
    parser.on("filesLimit", () =>
      failed(new RefusedSource(`More than ${MOST_FILES} files at once; pack them into a zip.`)),
    );
    parser.on("partsLimit", () => failed(new RefusedSource("The form has too many parts.")));
  });
  if (!request.body) return [];
  try {
    await Promise.all([over, writeReadableStreamToWritable(request.body, parser)]);
  } catch (error) {
    if (error instanceof RefusedSource) throw error;
    throw new RefusedSource("The upload was cut short or is damaged. Nothing was imported.", { cause: error });
  }
  await Promise.all(writing);
  return files;
}

function parserFor(request: Request) {
  try {
    return busboy({
      headers: Object.fromEntries(request.headers),
      defParamCharset: "utf8",
      limits: { files: MOST_FILES, parts: MOST_FILES + 10, fields: 10, fieldSize: 1_000, headerPairs: 20 },
    });
  } catch (error) {
    throw new RefusedSource("Choose a zip of Markdown files, or some Markdown files.", { cause: error });
  }
}
