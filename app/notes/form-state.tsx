import type { ReactNode } from "react";
import { Clock } from "~/ui/time";
import type { DraftState } from "./use-draft";

interface Props {
  saving: boolean;
  draft: DraftState;
  refused: boolean;
  /** When it was saved, for whoever goes on writing. */
  savedAt?: number | null;
}

const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** How it stands with what is in a form. The time stands beside the words: it alone is not read out again. */
export function FormState(props: Props) {
  const { words, at } = stateOf(props);
  return (
    <p className="state">
      <span role="status">{words}</span> {at}
    </p>
  );
}

function stateOf({ saving, draft: { server, here }, refused, savedAt }: Props): { words: string; at?: ReactNode } {
  if (saving) return { words: "Saving…" };
  const safe = here ? "A draft is kept on this device." : "Leave this page open.";
  if (server.kind === "kept") return { words: "Not saved yet. Draft kept", at: time.format(server.at) };
  if (server.kind === "trying") return { words: `Not kept – trying again. ${safe}` };
  if (server.kind === "refused") return { words: `Not kept on the server: ${server.why} ${safe}` };
  if (server.kind === "signed out")
    return { words: `You are signed out. Sign in again in another tab; nothing is lost. ${safe}` };
  if (here) return { words: "Not saved yet." };
  if (refused) return { words: "Not saved." };
  return savedAt ? { words: "Saved", at: <Clock at={savedAt} /> } : { words: "" };
}
