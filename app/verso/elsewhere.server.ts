import { v7 as uuid } from "uuid";
import { hasOwner } from "~/accounts/people.server";
import {
  type Asker,
  requireApiViewer,
  requireNobody,
  requireOwner,
  requireViewer,
  type Viewer,
} from "~/accounts/viewer.server";
import { fileId } from "~/files/file.server";
import { readFile } from "~/files/files.server";
import { notFound, seeOther } from "~/http/responses.server";
import { conceptOf } from "~/learn/concepts";
import { readDraft } from "~/notes/drafts.server";
import { draftId, notebookId, noteId, versionId } from "~/notes/note.server";
import { readNotebook } from "~/notes/notebooks.server";
import { readNote } from "~/notes/notes.server";
import { readTag } from "~/notes/tags.server";
import { readUndo } from "~/notes/undo.server";
import { listVersions, readVersion } from "~/notes/versions.server";
import { settings } from "~/settings.server";
import { readImport } from "~/transfer/imports.server";
import type { BackRecord } from "./record";

/** What others would get at the address of a record, asked of the functions that guard it. */
export interface Elsewhere {
  /** Whoever isn't signed in. */
  nobody: Got;
  /** Another person of this Verso, who is signed in. */
  another: Got;
}

export interface Got {
  /** Null where they are let in, and the rest depends on what they send. */
  status: number | null;
  /** Where a redirect leads. */
  to: string | null;
}

/**
 * What others would get, by running the address's own access functions for nobody and for a person
 * whom nothing belongs to: that is as much as another person has of what is the viewer's. Loaders
 * don't run, and nothing is asked about anybody's data.
 *
 * @returns null where no loader or action of an address ran, or none that is known here.
 */
export async function elsewhereOf(record: BackRecord): Promise<Elsewhere | null> {
  const ran = record.steps.findLast((step) => "route" in step && step.route !== "root");
  const route = ran && "route" in ran ? ran.route : "";
  const { method, path } = record.request;
  const door = DOORS[route]?.[method === "POST" ? "post" : "get"];
  // Put behind a host and never resolved against it: a path that begins with two slashes names none.
  const address = `http://here${path}`;
  if (!door || !URL.canParse(address)) return null;
  const knock = async (viewer: Viewer | null) => {
    const request = new Request(address, { method: method === "POST" ? "POST" : "GET" });
    const asked = { request, context: { viewer: async () => viewer }, params: paramsOf(route, path) };
    return got(() => door(asked), known(record) ? 200 : null);
  };
  return { nobody: await knock(null), another: await knock(stranger()) };
}

/**
 * Whether the rest goes for others as it went here. A form's words and an address's query are not
 * kept: what was found wrong with them is wrong whoever sends it.
 */
function known({ request, response }: BackRecord) {
  const asked = request.query.some(({ name }) => name !== "_data");
  return request.method !== "POST" && (!asked || response.status === 200);
}

/** Lets somebody in, or throws what they get instead. */
type Door = (asked: { request: Request; context: Asker; params: Record<string, string> }) => unknown;

const anyone: Door = () => {};
const closed: Door = () => Promise.reject(notFound());
const owner: Door = ({ request, context }) => requireOwner(request, context);
const visitors: Door = ({ context }) => requireNobody(context);
const people: Door = ({ request, context }) => requireViewer(request, context);
const programs: Door = ({ context }) => requireApiViewer(context);
const note: Door = async ({ request, context, params }) =>
  readNote(await requireViewer(request, context), noteId(params.noteId));
const file: Door = async ({ request, context, params }) =>
  readFile(await requireViewer(request, context), fileId(params.fileId));
const concept: Door = ({ params }) => conceptOf(params.concept) ?? Promise.reject(notFound());
const version: Door = async ({ request, context, params }) =>
  readVersion(await requireViewer(request, context), noteId(params.noteId), versionId(params.versionId));
const notebook: Door = async ({ request, context, params }) => {
  const viewer = await requireViewer(request, context);
  if (params.notebookId !== "none") await readNotebook(viewer, notebookId(params.notebookId));
};
const tag: Door = async ({ request, context, params }) =>
  readTag(await requireViewer(request, context), params["*"] ?? "");
const undoing: Door = async ({ request, context, params }) =>
  (await readUndo(await requireViewer(request, context), params.undoId ?? "")) ?? Promise.reject(notFound());
/** Leads whoever has no note of today to the form for one. */
const today: Door = async (asked) => {
  await people(asked);
  throw seeOther("/notes/new");
};
const draft: Door = async ({ request, context, params }) =>
  readDraft(await requireViewer(request, context), draftId(params.draftId));
const joining: Door = () => settings().signUpOpen || Promise.reject(notFound());
const settingUp: Door = async () => !(await hasOwner()) || Promise.reject(notFound());

/** By route, who is let in: what its loader and its action ask first. */
const DOORS: Record<string, { get: Door; post?: Door }> = {
  "routes/_index": { get: visitors },
  "routes/$": { get: closed, post: closed },
  "routes/account": { get: people, post: people },
  "routes/api.v1.notes": { get: programs, post: programs },
  "routes/api.v1.notes.$noteId": {
    get: async ({ context, params }) => readNote(await requireApiViewer(context), noteId(params.noteId)),
  },
  "routes/files._index": { get: people, post: people },
  "routes/files.$fileId.delete": { get: closed, post: file },
  "routes/drafts._index": { get: people },
  "routes/drafts.$draftId._index": { get: draft },
  "routes/drafts.$draftId.drop": { get: closed, post: draft },
  "routes/drafts.$draftId.keep": { get: closed, post: people },
  "routes/import._index": { get: people, post: people },
  "routes/import.$importId": {
    get: async ({ request, context, params }) => readImport(await requireViewer(request, context), params.importId),
  },
  "routes/join": { get: async (asked) => (await joining(asked)) && visitors(asked), post: joining },
  "routes/learn._index": { get: anyone },
  "routes/learn.$concept": { get: concept, post: async (asked) => (await people(asked)) && concept(asked) },
  "routes/keys": { get: closed, post: people },
  "routes/link": { get: people },
  "routes/login": { get: visitors, post: anyone },
  "routes/logout": { get: closed, post: anyone },
  "routes/archive": { get: people },
  "routes/doctor": { get: owner, post: owner },
  "routes/notebooks._index": { get: people, post: people },
  "routes/notebooks.$notebookId": { get: notebook, post: notebook },
  "routes/notes._index": { get: people, post: people },
  "routes/notes.batch": { get: people, post: people },
  "routes/notes.$noteId.files": { get: note, post: note },
  "routes/notes.$noteId.mentions": { get: closed, post: note },
  "routes/notes.export": { get: closed, post: people },
  "routes/notes.$noteId.links": { get: closed, post: note },
  "routes/notes.$noteId.organise": { get: closed, post: note },
  "routes/places": { get: people },
  "routes/search": { get: people, post: people },
  "routes/suggestions": { get: people },
  "routes/tags._index": { get: people },
  "routes/tags.$": { get: tag, post: tag },
  "routes/undo.$undoId": { get: closed, post: undoing },
  "routes/view": { get: closed, post: people },
  "routes/notes.new": { get: people },
  "routes/notes.$noteId._index": { get: note },
  "routes/notes.$noteId.edit": { get: note, post: note },
  "routes/notes.$noteId.versions._index": {
    get: async ({ request, context, params }) =>
      listVersions(await requireViewer(request, context), noteId(params.noteId), {}),
  },
  "routes/notes.$noteId.versions.compare": { get: note },
  "routes/notes.$noteId.versions.$versionId": { get: version, post: version },
  "routes/notes.$noteId.tick": { get: note, post: note },
  "routes/notes.$noteId.trash": { get: closed, post: note },
  "routes/offline": { get: anyone },
  "routes/share": { get: people, post: people },
  "routes/setup": { get: settingUp, post: settingUp },
  "routes/today": { get: today },
  "routes/trash": { get: people, post: people },
};

async function got(knock: () => unknown, letIn: Got["status"]): Promise<Got> {
  try {
    await knock();
    return { status: letIn, to: null };
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    return { status: thrown.status, to: thrown.headers.get("Location")?.split("?")[0] ?? null };
  }
}

/** Somebody who is signed in, and whom nothing belongs to. */
function stranger(): Viewer {
  return { id: uuid(), name: "", email: "", role: "member", sessionId: "" };
}

/** The named parts of a path: `notes.$noteId.edit` says of `/notes/1/edit` that `noteId` is 1. */
function paramsOf(route: string, path: string) {
  const parts = path.split("/").slice(1).map(decoded);
  const names = route.replace("routes/", "").split(".");
  return Object.fromEntries(
    names.flatMap((name, place): [string, string][] => {
      // A `$` alone stands for all the rest of the path.
      if (name === "$") return [["*", parts.slice(place).join("/")]];
      return name.startsWith("$") ? [[name.slice(1), parts[place] ?? ""]] : [];
    }),
  );
}

/** A part of a path as a route gets it; a long path was cut, perhaps in the middle of a character. */
function decoded(part: string) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
