import { Moment } from "~/ui/time";
import { conditionsOf } from "./condition";
import type { Elsewhere, Got } from "./elsewhere.server";
import { leadsTo } from "./neighbours";
import type { BackRecord, Decision } from "./record";
import type { TurnedPage } from "./records.server";
import { Section } from "./section";
import { count, statusOf } from "./story";

/** Who asked, what was decided on it and where, and what others would get. */
export function Who({ record, login, elsewhere }: Pick<TurnedPage, "record" | "login" | "elsewhere">) {
  const { session, request } = record;
  const cookie = request.cookies.find(({ name }) => /verso$/.test(name));
  return (
    <Section
      title="Who asked, and may they"
      learn={{ name: "authentication-and-authorization", title: "Authentication and authorization" }}
    >
      <p>
        {SESSIONS[session.state]}
        {session.role && ` You are ${session.role === "owner" ? "the owner" : "a member"} here.`}
      </p>
      {cookie && (
        <p>
          The cookie <code>{cookie.name}</code> holds {count(cookie.length, "character")}: a random name for this login
          and a signature. It holds neither your password nor who you are; the server keeps only a hash of it.
        </p>
      )}
      {login && <Login of={login} />}
      <Decisions record={record} />
      <Conditions record={record} />
      {elsewhere && <Others record={record} elsewhere={elsewhere} />}
    </Section>
  );
}

const SESSIONS = {
  none: "The request brought no login cookie: the server answered nobody in particular.",
  unknown: "The request brought a login cookie that is worth nothing: changed, expired or signed out.",
  valid: "The request brought a login cookie, and the login it names is open.",
};

function Login({ of: { created, seen, expires } }: { of: NonNullable<TurnedPage["login"]> }) {
  return (
    <section aria-labelledby="login">
      <h3 id="login">What the server keeps of this login</h3>
      <dl className="headers">
        <div>
          <dt>id</dt>
          <dd>
            a hash of what your cookie holds <small>whoever reads the database can’t make the cookie from it</small>
          </dd>
        </div>
        <div>
          <dt>user_id</dt>
          <dd>you</dd>
        </div>
        <div>
          <dt>created</dt>
          <dd>
            <Moment at={created} />
          </dd>
        </div>
        <div>
          <dt>seen</dt>
          <dd>
            <Moment at={seen} /> <small>written once an hour; a login that isn’t seen for two weeks has ended</small>
          </dd>
        </div>
        <div>
          <dt>expires</dt>
          <dd>
            <Moment at={expires} /> <small>then you sign in anew, however often you come</small>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Decisions({ record }: { record: BackRecord }) {
  const decisions = [
    guarded(record),
    ...record.decisions.map((decision) => decided(record, decision)),
    ...refused(record),
  ];
  return (
    <section aria-labelledby="decisions">
      <h3 id="decisions">What was decided</h3>
      <ol className="decisions">
        {decisions.filter(Boolean).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
    </section>
  );
}

function guarded({ request, steps }: BackRecord) {
  const guard = steps.find((step) => step.kind === "guard");
  if (!guard) return "";
  if (guard.refused && guard.givesBack)
    return `The guard refused the request with ${guard.refused}. Its form was read only to give back what was typed.`;
  if (guard.refused)
    return `The guard refused the request with ${guard.refused}; its body, if it had one, was not read.`;
  if (["GET", "HEAD", "OPTIONS"].includes(request.method))
    return `The guard let the request in: a ${request.method} changes nothing, so it may come from anywhere.`;
  const said = request.headers.some(({ name }) => name === "sec-fetch-site");
  return said
    ? "The guard let the request in: your browser says that a page of this site sent it (Sec-Fetch-Site)."
    : "The guard let the request in: it names this site as the one whose page sent it (Origin).";
}

const DOORS = {
  viewer: { for: "people who are signed in", opened: "you are", shut: "nobody was" },
  owner: { for: "the owner of this Verso", opened: "you are", shut: "you aren’t" },
  api: { for: "people who are signed in, by program", opened: "you are", shut: "nobody was" },
  nobody: { for: "people who aren’t signed in", opened: "nobody was", shut: "you are" },
};

function decided({ steps }: BackRecord, { door, opened, within }: Decision) {
  const step = within === null ? undefined : steps[within];
  const who = step && "route" in step ? `The ${step.kind} of ${step.route}` : "The server";
  return `${who} is for ${DOORS[door].for}, and ${opened ? DOORS[door].opened : DOORS[door].shut}: ${opened ? "it went on" : "it went no further"}.`;
}

function refused({ steps, decisions }: BackRecord) {
  return steps.flatMap((step, place) => {
    const missing = "route" in step && step.outcome === "threw" && step.status === 404;
    const here = decisions.filter(({ within }) => within === place);
    const asked = here.length > 0 && here.every(({ opened }) => opened);
    return missing && asked
      ? [
          `The ${step.kind} of ${step.route} found nothing there that is yours, and doesn’t say whether it is somebody else’s: 404.`,
        ]
      : [];
  });
}

function Conditions({ record: { steps } }: { record: BackRecord }) {
  const found = steps.flatMap((step) => (step.kind === "statement" ? conditionsOf(step) : []));
  const told = [...new Map(found.map((one) => [`${one.before}${one.mark}${one.after}`, one]))];
  if (told.length === 0) return null;
  return (
    <section aria-labelledby="conditions">
      <h3 id="conditions">What keeps it yours</h3>
      <p>
        No code looks at a row and then asks whether it may be shown: the statements themselves reach only what is
        yours. Marked is what came from your login.
      </p>
      <ul className="conditions">
        {told.map(([words, { before, mark, after }]) => (
          <li key={words}>
            <code>
              {before}
              <mark>{mark}</mark>
              {after}
            </code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Others({ record, elsewhere }: { record: BackRecord; elsewhere: Elsewhere }) {
  const { request, session, response } = record;
  const rows: [who: string, got: Got][] = [
    [session.state === "valid" ? "You" : "You, signed out", { status: response.status, to: leadsTo(record) }],
    ["Somebody who isn’t signed in", elsewhere.nobody],
    ["Another person of this Verso", elsewhere.another],
  ];
  return (
    <section aria-labelledby="elsewhere">
      <h3 id="elsewhere">
        What someone else would get {request.method === "POST" ? "for sending the same" : "at this address"}
      </h3>
      <section className="table" tabIndex={0} aria-label="What each would get">
        <table>
          <tbody>
            {rows.map(([who, { status, to }]) => (
              <tr key={who}>
                <th scope="row">{who}</th>
                <td>{status === null ? "let in" : statusOf(status)}</td>
                <td>{meaning(status, to, who, request.method === "POST")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="hint">
        Found out just now, by asking the functions that guard this address: once for nobody, once for a person whom
        nothing belongs to. Nothing of anybody else was looked at.
      </p>
    </section>
  );
}

function meaning(status: number | null, to: string | null, who: string, sends: boolean) {
  if (status === null) return `the rest depends on what they ${sends ? "send" : "ask for behind the ?"}`;
  if (to) return `go to ${to}`;
  if (status === 200) return `an answer, with what is ${who.startsWith("You") ? "yours" : "theirs"} in it`;
  return STATUSES[status] ?? "";
}

const STATUSES: Record<number, string> = {
  401: "first say who you are",
  404: "nothing here, whether or not there is something",
};
