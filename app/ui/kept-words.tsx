import type { KeptForm } from "~/http/refusal";

interface Props {
  kept: KeptForm;
  /** Where the words can be sent: where they were going, into a new note, or nowhere. */
  resend: "there" | "new note" | "nowhere";
}

/** The words of a form that was refused, all there, to send again or to copy. */
export function KeptWords({ kept, resend }: Props) {
  const written = kept.fields.filter(([name, value]) => WRITTEN.has(name) && value !== "");
  if (written.length === 0) return null;
  return (
    <section className="kept" aria-labelledby="kept-title">
      <h2 id="kept-title">What you wrote is here</h2>
      {resend === "nowhere" ? (
        <Written fields={written} readOnly />
      ) : (
        <form method="post" action={resend === "new note" ? "/notes" : kept.action}>
          <HiddenFields fields={kept.fields} but={WRITTEN} />
          <Written fields={written} />
          <button type="submit" className="primary">
            {resend === "new note" ? "Save it as a new note" : "Try again"}
          </button>
        </form>
      )}
    </section>
  );
}

/** Fields that hold what a person wrote; the rest is the form's own. */
const WRITTEN = new Set(["title", "content", "name", "email", "q"]);

/** Fields that go along unseen. */
export function HiddenFields({ fields, but }: { fields: [string, string][]; but: Set<string> }) {
  return fields
    .filter(([name]) => !but.has(name))
    .map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

function Written({ fields, readOnly }: { fields: [string, string][]; readOnly?: boolean }) {
  return fields.map(([name, value]) => (
    <div className="field" key={name}>
      <label htmlFor={`kept-${name}`}>{LABELS[name] ?? name}</label>
      {value.includes("\n") || value.length > 80 ? (
        <textarea id={`kept-${name}`} name={name} rows={12} defaultValue={value} readOnly={readOnly} />
      ) : (
        <input id={`kept-${name}`} name={name} defaultValue={value} readOnly={readOnly} />
      )}
    </div>
  ));
}

const LABELS: Record<string, string> = {
  title: "Title",
  content: "Text",
  name: "Name",
  email: "E-mail",
  q: "Search",
};
