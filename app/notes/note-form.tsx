import { Form, useNavigation } from "@remix-run/react";
import { useRef } from "react";
import type { Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field, FieldErrors } from "~/ui/field";
import { NotebookOptions } from "./choices";
import { DraftField, DraftOffer } from "./draft-offer";
import { type SavedText, useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";

interface Props {
  heading: string;
  action: string;
  note: { title: string; content: string; version?: number; once?: string; tags?: string; notebook?: string };
  refusal?: Refusal;
  /** Whose text it is, and of which note, or `new`: for the draft that the browser keeps until it is saved. */
  draftOf: { viewerId: string; note: string };
}

/** The form for a new note. `once` names it, so that sending it twice makes one note. */
export function NewNoteForm({
  viewerId,
  once,
  title = "",
  notebook,
  refusal,
}: {
  viewerId: string;
  once?: string;
  title?: string;
  notebook?: string;
  refusal?: Refusal;
}) {
  return (
    <NoteForm
      heading="New note"
      action="/notes"
      note={{ title, content: "", once, notebook }}
      refusal={refusal}
      draftOf={{ viewerId, note: "new" }}
    />
  );
}

/** The form in which a note is written. Plain HTML; script keeps a draft, shows the state and asks before leaving. */
export function NoteForm({ heading, action, note, refusal, draftOf }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const navigation = useNavigation();
  const saving = navigation.state !== "idle" && navigation.formMethod === "POST";
  const typed = refusal?.typed;
  const values = { ...note, ...typed };
  // A refused choice between two edits begins again from the version that its text was written on.
  const version = typed?.base ?? values.version;
  const saved: SavedText = { title: note.title, content: note.content };
  const draft = useDraft(form, { ...draftOf, name: String(values.once ?? version) }, saved, saving);
  useLeaveGuard(form, saved, saving);
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
        {version && <input type="hidden" name="version" value={version} />}
        {values.once && <input type="hidden" name="once" value={values.once} />}
        <DraftField names={[typed?.draft, draft.name]} />
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
        <div className="filing">
          <Field
            name="tags"
            label="Tags"
            defaultValue={values.tags}
            autoComplete="off"
            hint="Divided by spaces. #tags in the text count too."
            refusal={refusal}
          />
          <input type="hidden" name="tagsBefore" value={typed?.tagsBefore ?? note.tags ?? ""} />
          <NotebookOptions label="Notebook" chosen={values.notebook} />
          <input
            type="hidden"
            name="notebookBefore"
            value={typed?.notebookBefore ?? (note.version ? note.notebook : "") ?? ""}
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
            {stateOf(saving, draft.keptAt, refusal !== undefined)}
          </p>
        </div>
      </Form>
    </>
  );
}

const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** How it stands with what is in a form, in words. */
export function stateOf(saving: boolean, keptAt: number | null, refused: boolean) {
  if (saving) return "Saving…";
  if (keptAt) return `Not saved yet. A draft is kept on this device (${time.format(keptAt)}).`;
  return refused ? "Not saved." : "";
}
