import type { KeptForm, Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field } from "~/ui/field";
import { HiddenFields } from "~/ui/kept-words";

/** Fields of the login itself; whatever else the form holds is carried along. */
const OWN = new Set(["email", "password", "redirectTo", "carryTo"]);

interface Props {
  refusal?: Refusal;
  message?: string;
  redirectTo?: string;
  /** A form that was sent while nobody was signed in: it goes along, and on to where it was going. */
  kept?: KeptForm | null;
}

/** The login, as a plain form: it has to work where nothing else does. */
export function LoginForm({ refusal, message, redirectTo, kept: form }: Props) {
  // Only what somebody wrote goes along. A button that deletes must not be pressed for whoever signs in.
  const kept = form && carriesText(form) ? form : null;
  return (
    <form method="post" action="/login" className="stack">
      <ErrorSummary refusal={refusal ?? (message ? { message } : undefined)} />
      {redirectTo && <input type="hidden" name="redirectTo" value={redirectTo} />}
      {kept && <input type="hidden" name="carryTo" value={kept.action} />}
      {kept && <HiddenFields fields={kept.fields} but={OWN} />}
      <Field name="email" label="E-mail" type="email" autoComplete="username" required refusal={refusal} />
      <Field
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        refusal={refusal}
      />
      <button type="submit" className="primary">
        {kept ? "Sign in and save" : "Sign in"}
      </button>
      {kept && <CarriedText kept={kept} />}
    </form>
  );
}

/** Whether there is something in a form that somebody wrote. */
export function carriesText(form: KeptForm | null) {
  return form !== null && textIn(form) !== undefined;
}

/** What people write, the most of it first; `text` and `url` are what another app shares. */
const WRITTEN = ["content", "text", "title", "url"];

function textIn({ fields }: KeptForm) {
  const written = new Map(fields.filter(([, value]) => value !== ""));
  return WRITTEN.map((name) => written.get(name)).find((value) => value !== undefined);
}

function CarriedText({ kept }: { kept: KeptForm }) {
  return (
    <details className="carried">
      <summary>Nothing is lost: what you wrote goes along, and is saved when you sign in</summary>
      <pre tabIndex={0}>{textIn(kept)}</pre>
    </details>
  );
}
