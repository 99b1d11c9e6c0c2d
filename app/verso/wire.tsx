import { queryOf } from "./curl";
import type { BackRecord, SeenHeader, SentCookie } from "./record";
import { count } from "./story";

/** Request and answer as they went over the network, without what must not be seen. */
export function Wire({ record }: { record: BackRecord }) {
  const { request, response } = record;
  const query = queryOf(request);
  return (
    <div className="wire">
      <div>
        <h3>Asked</h3>
        <p>
          <code>
            {request.method} {request.path}
            {query} HTTP/1.1
          </code>
        </p>
        <Headers headers={request.headers} more={request.more?.headers} />
        {request.bytes !== 0 && (
          <p className="facts">
            and a body {request.bytes === null ? "whose length is not told" : `of ${count(request.bytes, "byte")}`}
          </p>
        )}
      </div>
      <div>
        <h3>Answered</h3>
        <p>{response.status === 0 ? "Nothing: whoever asked was gone." : <code>HTTP/1.1 {response.status}</code>}</p>
        <Headers headers={response.headers} />
        {response.cookies.map((cookie) => (
          <Cookie key={cookie.name} cookie={cookie} />
        ))}
        <p className="facts">
          {response.packed > 0 ? `and a body of ${count(response.packed, "byte")}` : "and no body"}
        </p>
      </div>
    </div>
  );
}

function Headers({ headers, more = 0 }: { headers: SeenHeader[]; more?: number }) {
  const unsaid = headers.filter(({ name, value }) => value === null && !PURPOSES[name]).map(({ name }) => name);
  return (
    <>
      <dl className="headers">
        {headers
          .filter(({ name }) => !unsaid.includes(name))
          .map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {value === null ? <em>not shown</em> : value}
                {PURPOSES[name] && <small>{PURPOSES[name]}</small>}
              </dd>
            </div>
          ))}
      </dl>
      {unsaid.length > 0 && <p className="facts">and, not kept: {unsaid.join(", ")}</p>}
      {more > 0 && <p className="facts">and {count(more, "more header")}, not even their names kept</p>}
    </>
  );
}

function Cookie({ cookie: { name, length, attributes, removed } }: { cookie: SentCookie }) {
  return (
    <div className="headers">
      <p>
        <code>set-cookie: {name}</code>, {removed ? "to be forgotten" : `${count(length, "character")}, not shown`}
      </p>
      <ul>
        {attributes.map((attribute) => (
          <li key={attribute}>
            <code>{attribute}</code> {ATTRIBUTES[attribute.split("=")[0] ?? ""]}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What a header is for, where it matters on these pages. RFC 9110, 9111, 6265; CSP 3; Fetch Metadata. */
const PURPOSES: Record<string, string> = {
  accept: "what the browser can show, the best first",
  "accept-encoding": "how the answer may be packed",
  "cache-control": "who may keep it, and for how long",
  "clear-site-data": "the browser forgets what it kept of this site",
  "content-encoding": "how the body is packed",
  "content-length": "how long the body is",
  "content-security-policy": "what the page may load and run: without it, a script that got in would run",
  "content-type": "what the body is",
  cookie: "who you are: never shown, not even to you",
  "cross-origin-opener-policy": "no other site's window can reach into this one",
  "cross-origin-resource-policy": "no other site can build this into its pages",
  host: "by which name you came",
  location: "where to look now",
  origin: "which site's page sent the form: the guard takes its own only",
  "permissions-policy": "what the page may never ask your device for",
  referer: "which page you came from",
  "referrer-policy": "other sites never learn which page you came from",
  "retry-after": "when to try again, in seconds",
  "sec-fetch-site": "whether a page of this site asked: the browser says so, a page can't",
  "server-timing": "how long what took, for your browser's own tools",
  "strict-transport-security": "only ever over HTTPS",
  vary: "the answer depends on these headers, so a cache must not mix them up",
  "x-content-type-options": "the browser believes the content type and doesn't guess",
  "x-frame-options": "no other site can put this page in a frame of its own",
  "x-request-id": "the name of this request in the server's log",
};

/** What a cookie's attribute does. RFC 6265. */
const ATTRIBUTES: Record<string, string> = {
  "Max-Age": "seconds until the browser forgets it",
  Path: "for every page below this one",
  HttpOnly: "no script can read it",
  Secure: "sent over HTTPS only",
  SameSite: "not sent along with forms of other sites",
};
