const KEYS: [heading: string, keys: [keys: string[], does: string][]][] = [
  [
    "Everywhere",
    [
      [["Ctrl", "K"], "find a note, go somewhere or do something; ⌘ K on a Mac"],
      [["Ctrl", "."], "turn the page over, and back"],
    ],
  ],
  [
    "Single keys, wherever nothing is typed",
    [
      [["n"], "write a new note"],
      [["t"], "go to today’s note"],
      [["e"], "edit the note that is open"],
      [["/"], "search"],
      [["?"], "show these keys"],
    ],
  ],
  [
    "In a note’s text",
    [
      [["Ctrl", "B"], "bold; I is italic, K a link; ⌘ on a Mac"],
      [["Enter"], "in a list: the next item; in an empty one: the end of the list"],
      [["Tab"], "in a list, or with lines selected: further in; with Shift further out"],
      [["Esc"], "before Tab: leave the text"],
      [["[", "["], "link to a note; # begins a tag"],
    ],
  ],
];

/** All keys that do something. */
export function KeyList() {
  return KEYS.map(([heading, keys]) => (
    <section key={heading}>
      <h3>{heading}</h3>
      <dl className="keys">
        {keys.map(([names, does]) => (
          <div key={does}>
            <dt>
              {names.map((name, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same key can stand twice
                <kbd key={place}>{name}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}
