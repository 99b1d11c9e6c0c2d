import type { Schema } from "hast-util-sanitize";

/**
 * What a note's text may become. Narrower than GitHub's: no ids of the writer's choosing, no
 * styles, no forms, no pictures from elsewhere (they would tell that site who reads).
 */
export const noteSchema: Schema = {
  tagNames: [
    ..."a blockquote br code del em h2 h3 h4 h5 h6 hr input li ol p pre section strong sup table tbody td th thead tr ul".split(
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
      ["className", "data-footnote-backref", "picture", "tag", "wikilink"],
    ],
    code: [["className", /^language-[a-z0-9+#-]{1,32}$/i]],
    h2: ["id", ["className", "sr-only"]],
    input: [["type", "checkbox"], ["disabled", true], "checked", "ariaLabel"],
    li: ["id", ["className", "task-list-item"]],
    ol: ["start", ["className", "contains-task-list"]],
    section: ["dataFootnotes", ["className", "footnotes"]],
    td: [["align", "left", "right", "center"]],
    th: [["align", "left", "right", "center"]],
    ul: [["className", "contains-task-list"]],
  },
  protocols: { href: ["http", "https", "mailto"] },
  required: { input: { type: "checkbox", disabled: true } },
  // Ids come from footnotes only, and already have their prefix; headings get theirs afterwards.
  clobber: [],
  clobberPrefix: "",
  ancestors: { li: ["ol", "ul"], tbody: ["table"], td: ["table"], th: ["table"], thead: ["table"], tr: ["table"] },
  strip: ["script", "style"],
};
