import type { Exchange, Who } from "./experiment";

/** Writes a note by the form, and remembers it as `{name}`. */
export function writes(title: string, content: string, name = "note", who: Who = "ada"): Exchange {
  return {
    who,
    method: "POST",
    path: "/notes",
    form: { title, content },
    expected: { status: 303, headers: { Location: `/notes/{${name}}` } },
  };
}

/** Saves the note with a version; on the page that answers stands `text`. */
export function saves(title: string, content: string, version: string, status = 303, ...text: string[]): Exchange {
  return {
    who: "ada",
    method: "POST",
    path: "/notes/{note}/edit",
    form: { title, content, version },
    expected: { status, ...(text.length > 0 && { text }) },
  };
}

/** Looks at the note as JSON. */
export function reads(...text: string[]): Exchange {
  return { who: "ada", method: "GET", path: "/api/v1/notes/{note}", expected: { status: 200, text } };
}
