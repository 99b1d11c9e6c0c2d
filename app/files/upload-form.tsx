import type { Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field } from "~/ui/field";

/** A plain form that takes files in, several at once. */
export function UploadForm({ action, refusal, hint }: { action: string; refusal?: Refusal; hint?: string }) {
  return (
    <form method="post" action={action} encType="multipart/form-data" className="stack">
      <ErrorSummary refusal={refusal} />
      <Field name="files" label="Files" type="file" multiple required refusal={refusal} hint={hint} />
      <button type="submit">Attach</button>
    </form>
  );
}
