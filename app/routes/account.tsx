import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { isCommonPassword } from "~/accounts/passwords.server";
import { changePassword, PasswordChange } from "~/accounts/people.server";
import { startSession } from "~/accounts/sessions.server";
import { confirmPassword, Wait } from "~/accounts/sign-in.server";
import { requireViewer } from "~/accounts/viewer.server";
import { sayBytes } from "~/files/bytes";
import { usedBy } from "~/files/contents.server";
import { parseForm } from "~/http/forms.server";
import { seeOther, tooMany, unprocessable } from "~/http/responses.server";
import { settings } from "~/settings.server";
import { ErrorSummary } from "~/ui/error-summary";
import { Field } from "~/ui/field";

// GET /account shows who you are and what you chose; POST /account changes your password and ends your other logins.
export const meta: MetaFunction = () => [{ title: "Your account – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { name, email, role, shortcuts } = viewer;
  const files = { used: await usedBy(viewer), quota: settings().filesQuota };
  const { searchParams } = new URL(request.url);
  const [changed, kept] = [searchParams.has("changed"), searchParams.has("keys")];
  return { name, email, role, files, singleKeys: shortcuts === 1, changed, kept };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, PasswordChange);
  if (form.invalid) return unprocessable(form);
  const { currentPassword, newPassword } = form.value;
  if (await isCommonPassword(newPassword, [viewer.name, viewer.email])) {
    return unprocessable({ errors: { newPassword: ["Many people use this password; choose another."] } });
  }
  try {
    if (!(await confirmPassword(viewer, currentPassword))) {
      return unprocessable({ errors: { currentPassword: ["This is not your current password."] } });
    }
  } catch (error) {
    if (error instanceof Wait)
      return tooMany({ message: `Too many tries. Wait ${error.seconds} seconds.` }, error.seconds);
    throw error;
  }
  await changePassword(viewer, newPassword);
  return seeOther("/account?changed", { "Set-Cookie": await startSession(viewer, request) });
}

export default function Account() {
  const { name, email, role, files, singleKeys, changed, kept } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <article className="narrow">
      <h1>Your account</h1>
      {changed && (
        <p className="notice" role="status">
          Your password is changed. Every other login of yours has ended.
        </p>
      )}
      <p>
        <bdi>{name}</bdi>, <bdi>{email}</bdi>
        {role === "owner" && ", owner"}
      </p>
      <p>
        <a href="/files">Your files</a> take {sayBytes(files.used)} of {sayBytes(files.quota)}.
      </p>
      <p>
        Verso explains itself: <a href="/learn">learn how it works</a> by running it.
      </p>
      {role === "owner" && (
        <p>
          The <a href="/doctor">doctor</a> looks whether all is well with the database.
        </p>
      )}
      <h2 id="keys">Keys</h2>
      {kept && (
        <p className="notice" role="status">
          {singleKeys ? "Single keys do something." : "Single keys do nothing."}
        </p>
      )}
      <form method="post" action="/keys" className="stack">
        <p className="hint">
          With script <kbd>n</kbd>, <kbd>t</kbd>, <kbd>e</kbd>, <kbd>/</kbd> and <kbd>?</kbd> do something by
          themselves, wherever nothing is typed. <a href="/search#keys">All keys</a>
        </p>
        <label>
          <input type="checkbox" name="single" value="on" defaultChecked={singleKeys} key={String(singleKeys)} /> Single
          keys do something
        </label>
        <button type="submit">Keep it so</button>
      </form>
      <h2>Change your password</h2>
      <Form method="post" className="stack">
        <ErrorSummary refusal={refusal} />
        <Field
          name="currentPassword"
          label="Current password"
          type="password"
          autoComplete="current-password"
          required
          refusal={refusal}
        />
        <Field
          name="newPassword"
          label="New password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          refusal={refusal}
          hint="8 characters or more. It ends every other login of yours."
        />
        <button type="submit" className="primary">
          Change password
        </button>
      </Form>
    </article>
  );
}
