/** A link to keep among the browser's bookmarks: pressed on any page, it begins a note with that page. */
export function CaptureBookmark({ address }: { address: string }) {
  return (
    <section aria-labelledby="capture">
      <h2 id="capture">Take in a page</h2>
      <p>
        Drag this link to your bookmarks, or add it there by its menu. Press it on any page: a new note opens with the
        page’s title, what you have chosen on it, and its address, for you to save.
      </p>
      <p>
        <a href={address}>Note this page</a>
      </p>
    </section>
  );
}
