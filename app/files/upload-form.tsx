import type { Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field } from "~/ui/field";

interface Props {
  action: string;
  refusal?: Refusal;
  /** Beside a text that is being written: the answer comes in a tab of its own, and the text stays. */
  beside?: boolean;
}

/** A plain form that takes files in, several at once. */
export function UploadForm({ action, refusal, beside = false }: Props) {
  const hint = beside ? "They come up in a tab of their own; what you are writing stays here." : undefined;
  const target = beside ? "_blank" : undefined;
  return (
    <form method="post" action={action} target={target} encType="multipart/form-data" className="stack">
      <ErrorSummary refusal={refusal} />
      <Field name="files" label="Files" type="file" multiple required refusal={refusal} hint={hint} />
      <button type="submit">Attach</button>
    </form>
  );
}
