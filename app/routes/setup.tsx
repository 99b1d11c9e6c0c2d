import type { ActionFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { NewPersonForm } from "~/accounts/new-person-form";
import { createPerson, hasOwner, NewPerson } from "~/accounts/people.server";
import { startSession } from "~/accounts/sessions.server";
import { mayJoin } from "~/accounts/sign-in.server";
import { parseForm } from "~/http/forms.server";
import { notFound, seeOther, tooMany, unprocessable } from "~/http/responses.server";

// GET /setup asks for the owner, once; POST /setup makes the account.
export const meta: MetaFunction = () => [{ title: "Set up – Verso" }];

export async function loader() {
  if (await hasOwner()) throw notFound();
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  if (await hasOwner()) throw notFound();
  const form = await parseForm(request, NewPerson);
  if (form.invalid) return unprocessable(form);
  const wait = mayJoin(context.address);
  if (wait > 0) return tooMany({ message: `Too many tries. Wait ${wait} seconds.`, typed: form.typed }, wait);
  const owner = await createPerson("owner", form.value);
  if (!owner) throw notFound();
  return seeOther("/notes", { "Set-Cookie": await startSession(owner, request) });
}

export default function SetUp() {
  const refusal = useActionData<typeof action>();
  return (
    <>
      <h1>Welcome to Verso</h1>
      <p className="lead">Nobody has an account here yet. The first one is the owner’s: make yours.</p>
      <NewPersonForm action="/setup" button="Make my account" refusal={refusal} />
    </>
  );
}
