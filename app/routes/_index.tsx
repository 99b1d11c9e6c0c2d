import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireNobody } from "~/accounts/viewer.server";
import { settings } from "~/settings.server";

// GET / says what this is to whoever isn't signed in.
export const meta: MetaFunction = () => [
  { title: "Verso – notes in one file" },
  {
    name: "description",
    content: "A notes app in one SQLite file that works without JavaScript and never loses a word.",
  },
];

export async function loader({ context }: LoaderFunctionArgs) {
  await requireNobody(context);
  return { signUpOpen: settings().signUpOpen };
}

export default function Front() {
  const { signUpOpen } = useLoaderData<typeof loader>();
  return (
    <article className="front">
      <h1>Notes that stay yours</h1>
      <p className="lead">Verso keeps your notes in one file on a machine of yours.</p>
      <ul>
        <li>Your words are never lost: each save is on the disk before it says so, and each version is kept.</li>
        <li>It works as plain pages; script only makes it nicer.</li>
        <li>Stop it, copy the file, and you have everything.</li>
      </ul>
      <p className="actions">
        <a className="button primary" href="/login">
          Sign in
        </a>
        {signUpOpen && (
          <a className="button" href="/join">
            Make an account
          </a>
        )}
      </p>
    </article>
  );
}
