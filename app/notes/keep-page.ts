import type { ClientActionFunctionArgs } from "@remix-run/react";
import type { Refusal } from "~/http/refusal";

/**
 * With script: when the server can't be reached, the page and its text stay, with a sentence on top.
 * A Response that was thrown (a redirect, a refusal with its own page) goes its way.
 */
export async function keepPageOnFailure<Answer>({ serverAction }: ClientActionFunctionArgs): Promise<Answer | Refusal> {
  try {
    return (await serverAction<Answer>()) as Answer;
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    return { message: "Verso could not be reached, so this is not saved yet. Your text is still here; try again." };
  }
}
