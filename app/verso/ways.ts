import { byProgram, byScript, leadingTo, leadsTo, ledToBy, together } from "./neighbours";
import { type BackRecord, headerOf } from "./record";

/** The same done without script and with it. */
export interface Ways {
  without: Way;
  /** Null where there is no other way: what no script of ours ever sends. */
  with: Way | null;
  /** Why the two are as they are, where the records don't say. */
  why: string;
}

/** What is sent, a round trip after another; what a round holds goes at once. */
export interface Way {
  rounds: Sent[][];
  /** It was done, and these are its records; otherwise it is what the program would do. */
  happened: boolean;
}

export interface Sent {
  method: string;
  address: string;
  status: number | null;
  /** Bytes of the answer over the network; only where they were counted. */
  bytes: number | null;
  /** Its record, where there is one. */
  id: string | null;
}

/** The form whose script stays on its page and reads it again; a browser is sent back to it. */
const STAYS = "routes/notes.$noteId.tick";

/** What only a script sends: without one there are no drafts on the server. */
const BY_SCRIPT_ALONE = "routes/drafts.$draftId.keep";

/** Routes whose own forms a script sends, where there is one; every other form is a plain one. A test holds it against the pages. */
export const SENT_BY_SCRIPT = ["routes/notes._index", "routes/notes.$noteId.edit", "routes/account", STAYS];

/**
 * How the same thing is done without script and with it, from the person's own records where they
 * have done both; otherwise one of the two is what the program would do.
 *
 * @param records all of theirs, the oldest first.
 */
export function waysOf(records: BackRecord[], record: BackRecord): Ways | null {
  const { method } = record.request;
  const chain = chainOf(records, record);
  // What every page has by its frame says least: that it was asked for too comes first or last by chance.
  const first = chain[0]?.find(routeOf);
  if (!first || routeOf(first) === BY_SCRIPT_ALONE || (method !== "GET" && method !== "POST") || byProgram(record))
    return null;
  const here = happened(chain);
  if (byScript(record)) {
    const there = findOther(records, first);
    return {
      without: there ?? { rounds: byPages(chain), happened: false },
      with: here,
      why: there ? BOTH : WITHOUT_TOLD,
    };
  }
  if (record.session.state !== "valid") return { without: here, with: null, why: NO_SCRIPT };
  if (first.request.method === "POST" && !SENT_BY_SCRIPT.includes(routeOf(first) ?? ""))
    return { without: here, with: null, why: PLAIN_FORM };
  const there = findOther(records, first);
  return { without: here, with: there ?? { rounds: byScripts(chain), happened: false }, why: there ? BOTH : WITH_TOLD };
}

const BOTH = "You have done both, so all of these are your own requests, and their sizes are measured.";
const WITH_TOLD =
  "The right side is what the script of these pages would send. You haven’t done it by now, so its sizes aren’t known.";
const WITHOUT_TOLD =
  "The left side is what a browser would send by itself. You haven’t done it by now, so its sizes aren’t known.";
const NO_SCRIPT = "Whoever isn’t signed in gets no script at all, so that there is only one way.";
const PLAIN_FORM = "This form is a plain one with script too: the browser sends it by itself, and a page comes back.";

/** The loader or action that it was about; what every page has by its frame doesn't count. */
function routeOf({ request, steps }: BackRecord) {
  const kind = request.method === "POST" ? "action" : "loader";
  const ran = steps.findLast((step) => step.kind === kind && step.route !== "root");
  return ran && "route" in ran ? ran.route : null;
}

/** A record with what led to it, or with what it led to. */
function chainOf(records: BackRecord[], record: BackRecord): BackRecord[][] {
  const place = records.indexOf(record);
  const before = leadingTo(records.slice(0, place), record);
  const later = records.slice(place + 1);
  const after = before ? null : (ledToBy(record, later) ?? readAgain(record, later));
  const landed = after ?? record;
  const last = [landed, ...together(records, landed)].toSorted((one, other) => one.at - other.at);
  if (before) return [[before], last];
  return after ? [[record], last] : [last];
}

/** What a script that stays on its page asked for first when its form was answered. */
function readAgain(record: BackRecord, later: BackRecord[]) {
  const page = pageOf(record);
  return (
    later.find((other) => byScript(other) && other.request.method === "GET" && other.request.path === page) ?? null
  );
}

/** The page that a form which stays belongs to; null for every other form, and where it was refused. */
function pageOf(record: BackRecord) {
  const stays = routeOf(record) === STAYS && record.request.method === "POST" && record.response.status < 400;
  return stays ? record.request.path.replace(/\/tick$/, "") : null;
}

/** The latest time that the same was done in the other way. */
function findOther(records: BackRecord[], first: BackRecord): Way | null {
  const post = first.request.method === "POST";
  const other = records.findLast(
    (one) =>
      byScript(one) !== byScript(first) &&
      one.request.method === first.request.method &&
      routeOf(one) === routeOf(first) &&
      (post ? one.response.status < 400 === first.response.status < 400 : one.request.path === first.request.path) &&
      // A page that a form led to is a part of that, and nothing by itself.
      (post || !leadingTo(records.slice(0, records.indexOf(one)), one)),
  );
  return other ? happened(chainOf(records, other)) : null;
}

function happened(chain: BackRecord[][]): Way {
  const sent = (record: BackRecord): Sent => ({
    method: record.request.method,
    address: addressOf(record.request.path, record.request.dataOf),
    status: record.response.status,
    bytes: record.response.sent,
    id: record.id,
  });
  return { rounds: chain.map((round) => round.map(sent)), happened: true };
}

/** What a browser does by itself: one page after another. */
function byPages(chain: BackRecord[][]): Sent[][] {
  return chain.flatMap((round) => {
    const record = round.find(routeOf) ?? round[0];
    if (!record) return [];
    const { method, path } = record.request;
    const told = pageOf(record) ? 303 : headerOf(record.response.headers, "x-remix-status");
    return [[would(method, path, told ? Number(told) : record.response.status)]];
  });
}

/**
 * What the script does instead: the form's answer alone; then, as after every form, the data of all
 * routes of the page that comes. For a link only what is new on the page.
 */
function byScripts(chain: BackRecord[][]): Sent[][] {
  const [[first] = [], [landed] = []] = chain;
  if (!first) return [];
  const { method, path } = first.request;
  const page = pageOf(first);
  const to = page ?? leadsTo(first);
  const own = would(method, addressOf(path, routeOf(first)), page ? 200 : to ? 204 : first.response.status);
  if (method !== "POST" || !to) return [[own]];
  const route = landed ? routeOf(landed) : null;
  const data = route ? [would("GET", addressOf(to, route), 200)] : [];
  return [[own], [would("GET", addressOf(to, "root"), 200), ...data]];
}

function would(method: string, address: string, status: number): Sent {
  return { method, address, status, bytes: null, id: null };
}

function addressOf(path: string, dataOf: string | null) {
  return dataOf ? `${path}?_data=${encodeURIComponent(dataOf)}` : path;
}
