import type { Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field } from "~/ui/field";

/** Name, address and password of somebody new. */
export function NewPersonForm({ action, button, refusal }: { action: string; button: string; refusal?: Refusal }) {
  return (
    <form method="post" action={action} className="stack">
      <ErrorSummary refusal={refusal} />
      <Field name="name" label="Name" autoComplete="name" required maxLength={100} refusal={refusal} />
      <Field
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        refusal={refusal}
        hint="You sign in with it. Verso sends no mail."
      />
      <Field
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        refusal={refusal}
        hint="8 characters or more; a few words in a row are best."
      />
      <button type="submit" className="primary">
        {button}
      </button>
    </form>
  );
}
