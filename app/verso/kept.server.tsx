import { renderToStaticMarkup } from "react-dom/server";
import type { Viewer } from "~/accounts/viewer.server";
import { version } from "../../package.json";
import { harOf } from "./har.server";
import { holdingsOf } from "./kept";
import { KeptPage } from "./kept-page";
import type { BackRecord } from "./record";
import { originOf, readRecord } from "./records.server";

/** What the files of a record will hold, to be looked at before one of them is kept. */
export interface ToldHoldings {
  record: { id: string; method: string; path: string };
  holdings: string[];
  /** The archive as it will be saved. */
  har: string;
}

/**
 * What the files of one of the viewer's own records will hold.
 *
 * @param cookies the request's, which name the browser of somebody who isn't signed in.
 * @throws Response 404 where the record isn't theirs, or is gone.
 */
export function readHoldings(viewer: Viewer | null, cookies: string | null, id: string | undefined): ToldHoldings {
  const { record } = readRecord(viewer, cookies, id);
  const { method, path } = record.request;
  return { record: { id: record.id, method, path }, holdings: holdingsOf(record), har: archive(record) };
}

/** One of the viewer's own records as a page in a file; as for {@link readHoldings}. */
export function readAsHtml(viewer: Viewer | null, cookies: string | null, id: string | undefined): string {
  const { record, story, curl } = readRecord(viewer, cookies, id);
  return `<!doctype html>\n${renderToStaticMarkup(<KeptPage record={record} story={story} curl={curl} />)}\n`;
}

/** One of the viewer's own records as an HTTP archive; as for {@link readHoldings}. */
export function readAsHar(viewer: Viewer | null, cookies: string | null, id: string | undefined): string {
  return archive(readRecord(viewer, cookies, id).record);
}

function archive(record: BackRecord) {
  return `${JSON.stringify(harOf(record, originOf(record), version), null, 2)}\n`;
}
