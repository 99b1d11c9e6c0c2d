import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { LoginForm } from "~/accounts/login-form";
import { WrongCredentials } from "~/accounts/passwords.server";
import { Login } from "~/accounts/people.server";
import { safeRedirect } from "~/accounts/redirect-to";
import { signIn, Wait } from "~/accounts/sign-in.server";
import { requireNobody } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import { seeOther, tooMany, unauthorized, unprocessable } from "~/http/responses.server";

// GET /login asks who you are; POST /login finds out.
export const meta: MetaFunction = () => [{ title: "Sign in – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireNobody(context);
  return { redirectTo: safeRedirect(new URL(request.url).searchParams.get("redirectTo")) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await parseForm(request.clone(), Login);
  if (form.invalid) return unprocessable(form);
  const { typed, value } = form;
  try {
    const headers = await signIn(request, value.email, context.address);
    // 307 has the browser send the same form on: what was written before the login is saved now.
    if (value.carryTo) return redirect(safeRedirect(value.carryTo), { status: 307, headers });
    return seeOther(safeRedirect(value.redirectTo), headers);
  } catch (error) {
    if (error instanceof WrongCredentials)
      return unauthorized({ message: "The e-mail or the password is not right.", typed });
    if (error instanceof Wait) return tooMany({ message: waiting(error.seconds), typed }, error.seconds);
    throw error;
  }
}

export default function LoginPage() {
  const { redirectTo } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const { carryTo, ...fields } = refusal?.typed ?? {};
  return (
    <>
      <h1>Sign in</h1>
      <LoginForm
        refusal={refusal}
        redirectTo={refusal?.typed?.redirectTo ?? redirectTo}
        kept={carryTo ? { action: carryTo, fields: Object.entries(fields) } : null}
      />
    </>
  );
}

function waiting(seconds: number) {
  return `Too many tries. Wait ${seconds < 60 ? `${seconds} seconds` : "a minute"}, then try again.`;
}
