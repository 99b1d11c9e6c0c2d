import { fromHtml } from "hast-util-from-html";

interface Element {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Element[];
}

/** Every element of a page, or of a part of one, as a browser reads it. */
export function elementsIn(html: string, fragment = false): Element[] {
  return elementsOf(fromHtml(html, { fragment }) as Element);
}

/** An element and all that are in it, each before its own. */
export function elementsOf(node: Element): Element[] {
  return [...(node.tagName ? [node] : []), ...(node.children ?? []).flatMap(elementsOf)];
}
