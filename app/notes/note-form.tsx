import { Form, useNavigation } from "@remix-run/react";
import { useRef } from "react";
import type { Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field, FieldErrors } from "~/ui/field";
import { DraftOffer } from "./draft-offer";
import { type DraftName, useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";

interface Props {
  heading: string;
  action: string;
  note?: { title: string; content: string; version?: number; once?: string };
  refusal?: Refusal;
  /** Where the browser keeps what is typed until it is saved. */
  draftOf?: DraftName;
}

/** The form in which a note is written. Plain HTML; script keeps a draft, shows the state and asks before leaving. */
export function NoteForm({ heading, action, note, refusal, draftOf }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const navigation = useNavigation();
  const saving = navigation.state !== "idle" && navigation.formMethod === "POST";
  const draft = useDraft(form, draftOf, saving);
  useLeaveGuard(form, saving);
  const values = { ...note, ...refusal?.typed };
  return (
    <>
      <h1>{heading}</h1>
      {draft.found.map((found) => (
        <DraftOffer
          key={found.key}
          found={found}
          onUse={() => draft.use(found)}
          onDiscard={() => draft.discard(found)}
        />
      ))}
      <Form ref={form} method="post" action={action} className="writing">
        <ErrorSummary refusal={refusal} />
        {values.version && <input type="hidden" name="version" value={values.version} />}
        {values.once && <input type="hidden" name="once" value={values.once} />}
        <Field name="title" label="Title" defaultValue={values.title} autoComplete="off" dir="auto" refusal={refusal} />
        <div className="field">
          <label htmlFor="content">Text</label>
          <p id="content-hint" className="hint">
            Markdown, if you like.
          </p>
          <FieldErrors name="content" refusal={refusal} />
          <textarea
            id="content"
            name="content"
            rows={18}
            dir="auto"
            defaultValue={values.content}
            aria-describedby={refusal?.errors?.content ? "content-hint content-error" : "content-hint"}
            aria-invalid={refusal?.errors?.content ? true : undefined}
          />
        </div>
        <div className="actions">
          <button type="submit" className="primary">
            Save
          </button>
          <a className="button quiet" href={action.replace(/\/edit$/, "")}>
            Cancel
          </a>
          <p className="state" role="status">
            {stateOf(saving, refusal, draft.keptAt)}
          </p>
        </div>
      </Form>
    </>
  );
}

const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

function stateOf(saving: boolean, refusal: Refusal | undefined, keptAt: number | null) {
  if (saving) return "Saving…";
  if (keptAt) return `Not saved yet. A draft is kept on this device (${time.format(keptAt)}).`;
  return refusal ? "Not saved." : "";
}
