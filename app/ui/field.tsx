import type { InputHTMLAttributes, ReactNode } from "react";
import type { Refusal } from "~/http/refusal";

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  name: string;
  label: string;
  hint?: ReactNode;
  refusal?: Refusal;
};

/** A labelled input with its messages, and what was typed still in it. */
export function Field({ name, label, hint, refusal, defaultValue, ...input }: FieldProps) {
  const messages = refusal?.errors?.[name] ?? [];
  const typed = input.type === "password" ? undefined : (refusal?.typed?.[name] ?? defaultValue);
  const described = [hint && `${name}-hint`, messages.length > 0 && `${name}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {hint && (
        <p id={`${name}-hint`} className="hint">
          {hint}
        </p>
      )}
      <FieldErrors name={name} refusal={refusal} />
      <input
        id={name}
        name={name}
        defaultValue={typed}
        aria-invalid={messages.length > 0 || undefined}
        aria-describedby={described || undefined}
        {...input}
      />
    </div>
  );
}

/** The messages of one field, next to it. */
export function FieldErrors({ name, refusal }: { name: string; refusal?: Refusal }) {
  const messages = refusal?.errors?.[name];
  if (!messages?.length) return null;
  return (
    <p id={`${name}-error`} className="error">
      {messages.join(" ")}
    </p>
  );
}
