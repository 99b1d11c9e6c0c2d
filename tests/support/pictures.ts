import type { Locator, Page } from "playwright-core";
import sharp from "sharp";

export const picture = (background = "teal") =>
  sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** How wide the pictures are that have come. */
export const widths = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((found) =>
      (found as HTMLImageElement[]).map((picture) => (picture.complete ? picture.naturalWidth : 0)),
    );

/** Drops or pastes a picture into a text, by the event that a browser sends. */
export function hand(text: Locator, kind: "drop" | "paste", bytes: Buffer) {
  return text.evaluate(
    (area, { kind, bytes }) => {
      area.focus();
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], `${kind}.jpg`, { type: "image/jpeg" }));
      const init = { bubbles: true, cancelable: true };
      area.dispatchEvent(
        kind === "drop"
          ? new DragEvent(kind, { ...init, dataTransfer: data })
          : new ClipboardEvent(kind, { ...init, clipboardData: data }),
      );
    },
    { kind, bytes: [...bytes] },
  );
}
