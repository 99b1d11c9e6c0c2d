import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireOwner } from "~/accounts/viewer.server";
import { lookNow, readCheckup } from "~/doctor/checkups.server";
import { Findings } from "~/doctor/findings";
import { seeOther, unavailable } from "~/http/responses.server";

// GET /doctor shows the owner what the latest look at the database found; POST /doctor looks now.
export const meta: MetaFunction = () => [{ title: "Doctor – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOwner(request, context);
  return json(readCheckup());
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requireOwner(request, context);
  const trouble = await lookNow();
  return trouble ? unavailable({ message: `It couldn’t be looked through: ${trouble}` }, 60) : seeOther("/doctor");
}

export default function Doctor() {
  const { checkup, looking } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <article className="narrow">
      <h1>Doctor</h1>
      {refusal && (
        <p className="notice" role="alert">
          {refusal.message}
        </p>
      )}
      {looking && (
        <p className="notice" role="status">
          The database is being looked through. <a href="/doctor">See whether it is done</a>
        </p>
      )}
      {checkup ? <Findings checkup={checkup} /> : <p>Nobody has looked yet.</p>}
      <form method="post">
        <button type="submit">Look now</button>
      </form>
      <p>
        Nothing is changed by looking. <code>npm run doctor</code> does the same from a terminal, also while Verso is
        stopped; with <code>-- --fix</code> it makes anew what can be made from the notes.
      </p>
    </article>
  );
}
