import type { ClientActionFunctionArgs, ShouldRevalidateFunctionArgs } from "@remix-run/react";
import type { Refusal } from "~/http/refusal";

const UNREACHED = "Verso could not be reached, so this is not saved yet. Your text is still here; try again.";

/** Refusals whose own page does more for the text than the form: signing in, and saving it as a new note. */
const OWN_PAGE = [401, 404];

/**
 * With script: when a save is refused as a whole, or doesn't reach the server, the page and its text
 * stay, with a sentence on top.
 */
export async function keepPageOnFailure<Answer>({
  request,
  serverAction,
}: ClientActionFunctionArgs): Promise<Answer | Refusal> {
  const sent = await request.clone().formData();
  try {
    return (await serverAction<Answer>()) as Answer;
  } catch (thrown) {
    const refused = thrown instanceof Response;
    const ownPage = refused && (thrown.status < 400 || OWN_PAGE.includes(thrown.status));
    // Nobody asked for a page who only sees the text laid out while it is typed.
    if (ownPage && sent.get("next") !== "preview") throw thrown;
    return {
      message: refused ? await sentenceOf(thrown) : UNREACHED,
      typed: Object.fromEntries([...sent].map(([name, value]) => [name, String(value)])),
    };
  }
}

async function sentenceOf(refusal: Response) {
  const { message } = (await refusal.json().catch(() => ({}))) as { message?: string };
  return `${message ?? "Something went wrong on the server."} This is not saved yet; your text is still here.`;
}

/** A preview changes nothing, so nothing is read again for it. */
export function unlessPreview({ formData, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return formData?.get("next") === "preview" ? false : defaultShouldRevalidate;
}
