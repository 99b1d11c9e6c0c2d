import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { NewPersonForm } from "~/accounts/new-person-form";
import { createPerson, NewPerson } from "~/accounts/people.server";
import { startSession } from "~/accounts/sessions.server";
import { mayJoin } from "~/accounts/sign-in.server";
import { requireNobody } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import { notFound, seeOther, tooMany, unprocessable } from "~/http/responses.server";
import { settings } from "~/settings.server";

// GET /join asks who wants to come in, where that is open; POST /join makes the account.
export const meta: MetaFunction = () => [{ title: "Make an account – Verso" }];

export async function loader({ context }: LoaderFunctionArgs) {
  if (!settings().signUpOpen) throw notFound();
  await requireNobody(context);
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  if (!settings().signUpOpen) throw notFound();
  const form = await parseForm(request, NewPerson);
  if (form.invalid) return unprocessable(form);
  const { typed, value } = form;
  const wait = mayJoin(context.address);
  if (wait > 0) return tooMany({ message: `Too many new accounts from here. Wait ${wait} seconds.`, typed }, wait);
  const person = await createPerson("member", value);
  if (!person)
    return unprocessable({ errors: { email: ["This address can’t be used. If it is yours, sign in."] }, typed });
  return seeOther("/notes", { "Set-Cookie": await startSession(person, request) });
}

export default function Join() {
  const refusal = useActionData<typeof action>();
  return (
    <>
      <h1>Make an account</h1>
      <NewPersonForm action="/join" button="Make my account" refusal={refusal} />
      <p>
        You have one? <a href="/login">Sign in</a>.
      </p>
    </>
  );
}
