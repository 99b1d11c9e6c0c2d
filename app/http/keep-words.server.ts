import { type ActionFunction, type HeadersFunction, json, type ServerBuild } from "@remix-run/node";
import { explain } from "./failures.server";
import { FORM_BYTES, isSecret, readFields } from "./forms.server";
import type { KeptForm } from "./refusal";
import { methodNotAllowed } from "./responses.server";
import { wrapRoutes } from "./wrapped-routes.server";

/**
 * The build with every action wrapped so that no refusal loses what was typed: whatever an action
 * throws, the page that shows it also has the form's fields.
 */
export function keepingWords(build: ServerBuild): ServerBuild {
  return wrapRoutes(build, ({ action, headers = passOn }) => ({ headers, ...(action && { action: keep(action) }) }));
}

/** Headers that say something of the answer itself; Remix leaves those of an action out of its page. */
const PASSED_ON = ["Allow", "Retry-After"];

const passOn: HeadersFunction = ({ actionHeaders, errorHeaders, parentHeaders }) => {
  const headers = new Headers();
  for (const name of PASSED_ON) {
    const value = errorHeaders?.get(name) ?? actionHeaders.get(name) ?? parentHeaders.get(name);
    if (value) headers.set(name, value);
  }
  return headers;
};

function keep(action: ActionFunction): ActionFunction {
  return async (args) => {
    if (args.request.method !== "POST") throw methodNotAllowed("GET, HEAD, POST");
    // Read only when something goes wrong.
    const copy = isForm(args.request) ? args.request.clone() : null;
    try {
      return await action(args);
    } catch (thrown) {
      const refusal = thrown instanceof Response ? thrown : explain(thrown, args);
      if (refusal.status < 400 || !copy) throw refusal;
      const kept = await keptForm(copy);
      throw json({ ...(await refusal.json()), kept }, { status: refusal.status, headers: refusal.headers });
    }
  };
}

async function keptForm(copy: Request): Promise<KeptForm> {
  const { pathname } = new URL(copy.url);
  const { fields } = await readFields(copy);
  return { action: pathname, fields: fields.filter(([name]) => !isSecret(name)) };
}

/** A form with words in it; an upload has none, and is too large to keep a copy of. */
function isForm(request: Request) {
  const type = request.headers.get("Content-Type") ?? "";
  const written = /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type);
  return written && Number(request.headers.get("Content-Length") ?? 0) <= FORM_BYTES;
}
