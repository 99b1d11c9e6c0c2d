import { Form, useNavigation } from "@remix-run/react";
import { useRef } from "react";
import { ErrorSummary } from "~/ui/error-summary";
import { DraftField } from "./draft-offer";
import type { MergedConflict } from "./edit.server";
import { FormState } from "./form-state";
import type { Stretch } from "./merge.server";
import { useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";
import type { Part } from "./word-difference.server";

interface Props {
  action: string;
  conflict: MergedConflict;
  draftOf: { viewerId: string; note: string };
}

/** Two edits of one note: what fits together is merged, where it doesn't both texts are shown to choose from. */
export function ConflictForm({ action, conflict, draftOf }: Props) {
  const { merge, mine, base, version, proposal, filed } = conflict;
  const form = useRef<HTMLFormElement>(null);
  const navigation = useNavigation();
  const saving = navigation.state !== "idle" && navigation.formMethod === "POST";
  const settles = conflict.settles ?? "";
  const draft = useDraft(form, { ...draftOf, version }, null, { saving, settles });
  useLeaveGuard(form, null, saving);
  const drafts = (
    <>
      <DraftField names={[conflict.draft, draft.name]} />
      <input type="hidden" name="settles" defaultValue={settles} />
    </>
  );
  const differing = merge.stretches.filter((stretch) => stretch.kind === "conflict");
  const fits = differing.length === 0 && !merge.title.differs;
  return (
    <>
      <h1>Both edits are here</h1>
      <ErrorSummary refusal={{ message: conflict.message }} />
      {filed.length > 0 && <p>Your change of the {filed.join(" and the ")} is saved already; only the text is left.</p>}
      <p className="hint">
        {/* A page of its own: the choices that were made here stay. */}
        <a href={`/notes/${draftOf.note}/versions`} target="_blank" rel="noopener">
          All earlier versions of this note
        </a>{" "}
        (in a new tab)
      </p>
      {fits ? (
        <p>Your changes and the other ones are in different places and fit together. Look it over and save.</p>
      ) : (
        <Form method="post" action={action} className="settling">
          <h2>Choose where they differ</h2>
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="base" value={base} />
          <input type="hidden" name="content" value={mine.content} />
          {drafts}
          <TitleChoice title={merge.title} />
          <Stretches stretches={merge.stretches} />
          <button type="submit" className="primary">
            Save with these choices
          </button>
        </Form>
      )}
      <Form ref={form} method="post" action={action} className="writing">
        <h2>{fits ? "The merged note" : "Or write it yourself"}</h2>
        {!fits && <p className="hint">Here both texts are kept wherever they differ, the other one first.</p>}
        <input type="hidden" name="version" value={version} />
        {drafts}
        <div className="field">
          <label htmlFor="title">Title</label>
          <input
            id="title"
            name="title"
            defaultValue={merge.title.merged}
            readOnly={saving}
            dir="auto"
            autoComplete="off"
          />
        </div>
        <div className="field">
          <label htmlFor="content">Text</label>
          <textarea id="content" name="content" rows={18} dir="auto" defaultValue={proposal} readOnly={saving} />
        </div>
        <div className="actions">
          <button type="submit" className={fits ? "primary" : undefined}>
            {fits ? "Save the merged note" : "Save this text"}
          </button>
          <FormState saving={saving} draft={draft.state} refused={false} />
        </div>
      </Form>
    </>
  );
}

function TitleChoice({ title }: { title: MergedConflict["merge"]["title"] }) {
  if (!title.differs) return <input type="hidden" name="title" value={title.merged} />;
  return (
    <fieldset>
      <legend>Title</legend>
      <label>
        <input type="radio" name="title" value={title.theirs} /> The other: <bdi>{title.theirs || "(none)"}</bdi>
      </label>
      <label>
        <input type="radio" name="title" value={title.mine} defaultChecked /> Yours: <bdi>{title.mine || "(none)"}</bdi>
      </label>
    </fieldset>
  );
}

function Stretches({ stretches }: { stretches: Stretch[] }) {
  let count = 0;
  return stretches.map((stretch, place) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a stretch has no name but its place
    if (stretch.kind === "settled") return <Settled key={place} lines={stretch.lines} />;
    const number = count++;
    const differing = stretches.filter(({ kind }) => kind === "conflict").length;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <fieldset key={place} className="differs">
        <legend>
          Difference {number + 1} of {differing}
        </legend>
        <div className="sides">
          <Side name={`choice-${number}`} value="theirs" label="Keep the other text" differing={stretch} />
          <Side name={`choice-${number}`} value="mine" label="Keep your text" differing={stretch} />
        </div>
        {stretch.words && <p className="hint">What differs is marked; the rest of both is joined already.</p>}
        <label>
          <input type="radio" name={`choice-${number}`} value="both" defaultChecked /> Keep both
        </label>
      </fieldset>
    );
  });
}

interface SideProps {
  name: string;
  value: "mine" | "theirs";
  label: string;
  differing: Extract<Stretch, { kind: "conflict" }>;
}

function Side({ name, value, label, differing }: SideProps) {
  const lines = differing[value];
  return (
    <div className={value}>
      <label>
        <input type="radio" name={name} value={value} /> {label}
      </label>
      <pre tabIndex={0}>
        {differing.words ? (
          <Marked parts={differing.words[value]} />
        ) : lines.length > 0 ? (
          lines.join("\n")
        ) : (
          "(taken out)"
        )}
      </pre>
    </div>
  );
}

function Marked({ parts }: { parts: Part[] }) {
  return parts.map(({ text, marked }, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name but its place
    marked ? <mark key={place}>{text}</mark> : text,
  );
}

/** Lines on which both agree: a few, the rest folded away. */
function Settled({ lines }: { lines: string[] }) {
  if (lines.length <= 6) return <pre className="settled">{lines.join("\n")}</pre>;
  return (
    <details className="settled">
      <summary>{lines.length} lines on which both agree</summary>
      <pre tabIndex={0}>{lines.join("\n")}</pre>
    </details>
  );
}
