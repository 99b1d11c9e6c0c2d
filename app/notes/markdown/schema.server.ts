import type { Schema } from "hast-util-sanitize";
import { TASK } from "./tasks.server";

/**
 * What a note's text may become. Narrower than GitHub's: no ids of the writer's choosing, no
 * styles, no forms, no pictures but those kept here (others would tell their site who reads).
 */
export const noteSchema: Schema = {
  tagNames: [
    ..."a blockquote br button code del em h2 h3 h4 h5 h6 hr img input li ol p pre section strong sup table tbody td th thead tr ul".split(
      " ",
    ),
  ],
  attributes: {
    a: [
      "href",
      "title",
      ["rel", "noopener", "noreferrer", "nofollow"],
      "id",
      "dataFootnoteRef",
      "dataFootnoteBackref",
      "ariaLabel",
      "ariaDescribedBy",
      ["className", "data-footnote-backref", "file", "picture", "tag", "wikilink"],
    ],
    // A task's box: raw HTML is text, so none comes from a writer; and this one can only name a task.
    button: [
      ["type", "submit"],
      ["name", "task"],
      ["value", TASK],
      ["id", /^note-task-\d+$/],
      ["role", "checkbox"],
      ["ariaChecked", "true", "false"],
      "ariaLabel",
      ["className", "tick"],
    ],
    code: [["className", /^language-[a-z0-9+#-]{1,32}$/i]],
    h2: ["id", ["className", "sr-only"]],
    // Kept here: the address of a file, or what finds one by its name.
    img: [["src", /^\/files\/(?:[\da-f-]{36}|named\?name=[\w.!~*'()%-]+)$/], "alt", ["loading", "lazy"]],
    input: [["type", "checkbox"], ["disabled", true], "checked", "ariaLabel"],
    li: ["id", ["className", "task-list-item"]],
    ol: ["start", ["className", "contains-task-list"]],
    section: ["dataFootnotes", ["className", "footnotes"]],
    td: [["align", "left", "right", "center"]],
    th: [["align", "left", "right", "center"]],
    ul: [["className", "contains-task-list"]],
  },
  protocols: { href: ["http", "https", "mailto"] },
  required: {
    img: { loading: "lazy" },
    button: { type: "submit", name: "task" },
    input: { type: "checkbox", disabled: true },
  },
  // Ids come from footnotes and tasks only, and already have their prefix; headings get theirs afterwards.
  clobber: [],
  clobberPrefix: "",
  ancestors: { li: ["ol", "ul"], tbody: ["table"], td: ["table"], th: ["table"], thead: ["table"], tr: ["table"] },
  strip: ["script", "style"],
};
