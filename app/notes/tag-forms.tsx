import type { Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field } from "~/ui/field";
import { tagPath } from "./markdown/tag";

/** Tags by name, each with the number of its notes. */
export function TagCloud({ tags }: { tags: { name: string; notes: number }[] }) {
  if (tags.length === 0) {
    return (
      <p className="empty">
        There are no tags yet. Write <code>#like/this</code> into a text, or into the field below it.
      </p>
    );
  }
  return (
    <ul className="tags">
      {tags.map(({ name, notes }) => (
        <li key={name}>
          <a href={tagPath(name)}>
            <bdi>#{name}</bdi>
          </a>{" "}
          <span className="count">{notes}</span>
        </li>
      ))}
    </ul>
  );
}

/** Renames a tag in all notes; with a name that there is already, asks first. */
export function RenameTagForm({ name, refusal }: { name: string; refusal?: Refusal }) {
  const merging = refusal?.message !== undefined;
  return (
    <details className="confirm" open={refusal !== undefined}>
      <summary>Rename it…</summary>
      <form method="post" className="stack">
        <ErrorSummary refusal={refusal} />
        <Field
          name="name"
          label="Name"
          defaultValue={name}
          autoComplete="off"
          refusal={refusal}
          hint="It is renamed in every note that has it, also where it is written in the text; the texts before are kept as versions."
        />
        {merging && <input type="hidden" name="merge" value="yes" />}
        <button type="submit">{merging ? "Make the two one" : "Rename everywhere"}</button>
      </form>
    </details>
  );
}
