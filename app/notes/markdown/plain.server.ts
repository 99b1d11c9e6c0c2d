import { toHtml } from "hast-util-to-html";

/** A text as it was typed, in one box. */
export function escapeAsText(text: string): string {
  return toHtml({
    type: "element",
    tagName: "pre",
    properties: { className: ["plain"], tabIndex: 0 },
    children: [{ type: "text", value: text }],
  });
}
