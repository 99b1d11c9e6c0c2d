/** Why a form was not accepted, and what was typed into it: enough to show the same form again. */
export interface Refusal {
  /** What happened, in a sentence, where it isn't about one field. */
  message?: string;
  /** Every message, by field. */
  errors?: Record<string, string[]>;
  /** What was typed, by field; passwords left out. */
  typed?: Record<string, string>;
}

/** A form that could not be acted on, to be sent again as it was. */
export interface KeptForm {
  /** Where it was going. */
  action: string;
  fields: [name: string, value: string][];
}
