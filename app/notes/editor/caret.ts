/** What of a field's style decides where its letters stand. */
const STYLE = [
  "boxSizing",
  "width",
  "borderTopWidth",
  "borderRightWidth",
  "borderBottomWidth",
  "borderLeftWidth",
  "paddingTop",
  "paddingRight",
  "paddingBottom",
  "paddingLeft",
  "fontFamily",
  "fontSize",
  "fontStyle",
  "fontWeight",
  "letterSpacing",
  "lineHeight",
  "tabSize",
  "textIndent",
  "wordSpacing",
  "direction",
] as const;

/** Of a longer text the place isn't worked out: laying it out once more would be felt. In UTF-16 units. */
const MOST = 200_000;

/** Where a character of a field stands, as seen from its upper left corner; null where that isn't worked out. */
export function placeOf(field: HTMLTextAreaElement, at: number): { left: number; above: number; below: number } | null {
  if (at > MOST) return null;
  const style = getComputedStyle(field);
  const copy = document.createElement("div");
  for (const name of STYLE) copy.style[name] = style[name];
  Object.assign(copy.style, {
    position: "absolute",
    visibility: "hidden",
    whiteSpace: "pre-wrap",
    overflowWrap: "break-word",
    borderStyle: "solid",
    insetBlockStart: "0",
    insetInlineStart: "0",
  });
  const spot = document.createElement("span");
  spot.textContent = "\u200b";
  copy.append(field.value.slice(0, at), spot);
  document.body.append(copy);
  const above = spot.offsetTop - field.scrollTop;
  const place = { left: spot.offsetLeft, above, below: above + spot.offsetHeight };
  copy.remove();
  return place;
}
