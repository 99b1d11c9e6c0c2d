/** The text with LF for every line break, as HTML has it. */
export function withLf(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/**
 * What to store when a browser sends `submitted` back for a note that holds `stored`.
 *
 * A browser turns every line break of a form into CRLF. A text that is otherwise unchanged stays
 * byte for byte what it was; a changed one gets the line break that the note uses most.
 */
export function asStored(submitted: string, stored: string): string {
  const text = withLf(submitted);
  if (text === withLf(stored)) return stored;
  const crlf = stored.split("\r\n").length - 1;
  const lf = stored.split("\n").length - 1 - crlf;
  return crlf > lf ? text.replaceAll("\n", "\r\n") : text;
}
