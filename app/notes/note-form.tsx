import { Form, useLocation, useNavigation } from "@remix-run/react";
import { type MouseEvent, type RefObject, useEffect, useRef } from "react";
import { ErrorSummary } from "~/ui/error-summary";
import { Field, FieldErrors } from "~/ui/field";
import { NotebookOptions } from "./choices";
import { DraftField, DraftOffer } from "./draft-offer";
import type { Offered, TakenUp } from "./drafts.server";
import { useEditor } from "./editor/use-editor";
import { FormState } from "./form-state";
import { DroppedNotice, KeptDrafts, TakenUpNotice } from "./kept-drafts";
import { Preview, type Previewed, usePreview } from "./preview";
import { type SavedText, useDraft, useForgetDrafts } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";

interface Props {
  heading: string;
  action: string;
  note: { title: string; content: string; version?: number; once?: string; tags?: string; notebook?: string };
  refusal?: Previewed;
  /** Whose text it is, and of which note, or `new`: for the draft that the browser keeps until it is saved. */
  draftOf: { viewerId: string; note: string };
  /** When it was saved, for whoever goes on writing. */
  savedAt?: number | null;
  drafts?: FormDrafts;
}

/** What the server has kept of what was typed and not saved. */
export interface FormDrafts {
  offered: Offered;
  /** The one that is in the form. */
  taken: TakenUp | null;
  /** The address names one that is no more. */
  gone: boolean;
  /** The name of one that was just dropped. */
  dropped: string | null;
}

const NO_DRAFTS: FormDrafts = { offered: { drafts: [], more: false }, taken: null, gone: false, dropped: null };

/** The form for a new note. `once` names it, so that sending it twice makes one note. */
export function NewNoteForm({
  viewerId,
  once,
  title = "",
  content = "",
  notebook,
  refusal,
  drafts,
}: {
  viewerId: string;
  once?: string;
  title?: string;
  content?: string;
  notebook?: string;
  refusal?: Previewed;
  drafts?: FormDrafts;
}) {
  return (
    <NoteForm
      heading="New note"
      action="/notes"
      note={{ title, content, once, notebook }}
      refusal={refusal}
      draftOf={{ viewerId, note: "new" }}
      drafts={drafts}
    />
  );
}

/** The form in which a note is written. Plain HTML; script keeps a draft, shows the state and asks before leaving. */
export function NoteForm({ heading, action, note, refusal, draftOf, savedAt = null, drafts = NO_DRAFTS }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const Tools = useEditor();
  const navigation = useNavigation();
  const saving = navigation.state !== "idle" && navigation.formMethod === "POST";
  // What is typed while a save is on its way would not be on the page that follows, unless that is this one.
  const held = saving && !(note.version && navigation.formData?.get("next") === "write");
  const typed = refusal?.typed;
  const { offered, taken, gone, dropped } = drafts;
  const values = { ...note, ...(taken && filledWith(taken)), ...typed };
  const settles = typed?.settles ?? (taken ? `${taken.id}.${taken.sequence}` : "");
  // A refused choice between two edits begins again from the version that its text was written on.
  const version = typed?.base ?? values.version;
  const saved: SavedText = { title: note.title, content: note.content, tags: note.tags, notebook: note.notebook };
  const { key, search } = useLocation();
  const back = draftOf.note === "new" ? "/notes/new" : action;
  // Each save that comes back here has another key.
  const goesOn = savedAt !== null && !refusal ? key : null;
  useForgetDrafts(draftOf.viewerId, draftOf.note, new URLSearchParams(search).get("saved"));
  const draft = useDraft(form, { ...draftOf, version }, saved, {
    saving,
    goesOn,
    unsaved: refusal !== undefined,
    known: taken ? [...offered.drafts, taken] : offered.drafts,
    settles,
  });
  useBackToText(form, goesOn);
  useLeaveGuard(form, saved, saving);
  const preview = usePreview(form, action, refusal);
  function togglePreview(event: MouseEvent) {
    event.preventDefault();
    preview.toggle();
  }
  return (
    <>
      <h1>{heading}</h1>
      <DroppedNotice dropped={dropped} back={back} />
      <KeptDrafts offered={without(offered, [draft.name, ...settles.split(/[.,]/)])} back={back} />
      {gone && <p className="notice">That draft is no more: it was saved, or dropped.</p>}
      {taken && <TakenUpNotice taken={taken} version={note.version ?? 0} />}
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
        <input type="hidden" name="settles" defaultValue={settles} />
        <Field
          name="title"
          label="Title"
          defaultValue={values.title}
          readOnly={held}
          autoComplete="off"
          dir="auto"
          refusal={refusal}
        />
        <div className={preview.open ? "text previewed" : "text"}>
          <div className="field">
            <label htmlFor="content">Text</label>
            <p id="content-hint" className="hint">
              Markdown, if you like.{" "}
              {Tools && <span className="for-keys">Tab moves lines of a list; Escape, then Tab, leaves the text.</span>}
            </p>
            <FieldErrors name="content" refusal={refusal} />
            {Tools ? <Tools field={field} /> : <div className="toolbar-room" />}
            <textarea
              ref={field}
              id="content"
              name="content"
              rows={18}
              dir="auto"
              defaultValue={values.content}
              readOnly={held}
              // biome-ignore lint/a11y/noAutofocus: who goes on writing goes on here
              autoFocus={savedAt !== null}
              aria-describedby={refusal?.errors?.content ? "content-hint content-error" : "content-hint"}
              aria-invalid={refusal?.errors?.content ? true : undefined}
            />
          </div>
          {preview.open && <Preview of={preview} />}
        </div>
        <FieldErrors name="notebook" refusal={refusal} />
        <div className="filing">
          <Field
            name="tags"
            label="Tags"
            defaultValue={values.tags}
            readOnly={held}
            autoComplete="off"
            hint="Divided by spaces. #tags in the text count too."
            refusal={refusal}
          />
          <input type="hidden" name="tagsBefore" value={typed?.tagsBefore ?? note.tags ?? ""} />
          <NotebookOptions
            label="Notebook"
            chosen={values.notebook}
            id="notebook"
            wrong={refusal?.errors?.notebook !== undefined}
          />
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
          <button type="submit" name="next" value="write">
            Save and keep writing
          </button>
          <button type="submit" name="next" value="preview" aria-expanded={preview.open} onClick={togglePreview}>
            Preview
          </button>
          <a className="button quiet" href={action.replace(/\/edit$/, "")}>
            Cancel
          </a>
          <FormState saving={saving} draft={draft.state} refused={refusal !== undefined} savedAt={savedAt} />
        </div>
      </Form>
    </>
  );
}

/** What is in the form itself is not offered. */
function without(offered: Offered, inForm: (string | null)[]): Offered {
  return { ...offered, drafts: offered.drafts.filter(({ id }) => !inForm.includes(id)) };
}

/** A draft's words for the form; the version is the one that it was begun on, so that a later save is joined. */
function filledWith({ title, content, tags, notebook, version }: TakenUp) {
  return {
    title,
    content,
    ...(tags !== undefined && { tags }),
    ...(notebook !== undefined && { notebook }),
    ...(version > 0 && { version }),
  };
}

/** With script: the focus goes from the button back to where it was in the text. */
function useBackToText(form: RefObject<HTMLFormElement>, goesOn: string | null) {
  useEffect(() => {
    if (goesOn) form.current?.querySelector("textarea")?.focus({ preventScroll: true });
  }, [form, goesOn]);
}
