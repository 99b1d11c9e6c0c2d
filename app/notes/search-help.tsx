import { listOf } from "./note-list";

/** The language of searches: what is written, and what it finds. */
const EXAMPLES: [heading: string, examples: [q: string, finds: string][]][] = [
  [
    "Words",
    [
      ["milk eggs", "notes that hold both words, anywhere in title or text; the last word may go on"],
      ['"milk and eggs"', "these words next to each other"],
      ["milk -butter", "the first word, and not the other"],
      ["milk OR eggs", "either of the two"],
      ["title:milk", "the word in the title"],
    ],
  ],
  [
    "Where a note stands",
    [
      ["tag:work", "notes with the tag #work, or one below it"],
      ["notebook:Work", "notes in the notebook of that name"],
      ['notebook:"Work / Old"', "the same by its path, in quotes because of the spaces"],
      ["is:pinned", "pinned notes"],
      ["is:archived milk", "in the archive instead of the lists"],
      ["is:trashed milk", "in the trash"],
    ],
  ],
  [
    "What it holds",
    [
      ["has:task", "notes with boxes to tick"],
      ["is:todo", "some of them are still open"],
      ["is:done", "all of them are ticked"],
      ["has:image", "notes with a picture in them"],
      ["has:file", "notes with any file, a picture too"],
      ["has:link", "notes with a link to another note, or with a web address"],
      ['links:"Shopping list"', "notes that link to the note of that title"],
    ],
  ],
  [
    "Time",
    [
      ["created:2026-01", "written in January 2026; a year or a day will do too"],
      ["created:>2026-01", "after it; >= counts January in, < and <= are before it"],
      ["updated:today", "changed today, or updated:yesterday"],
      ["updated:<7d", "changed less than seven days ago; d, w, m and y are 1, 7, 30 and 365 days"],
      ["updated:>1y", "not changed for a year"],
    ],
  ],
];

/** The language with examples that run. */
export function SearchHelp() {
  return (
    <>
      {EXAMPLES.map(([heading, examples]) => (
        <section key={heading}>
          <h2>{heading}</h2>
          <dl className="examples">
            {examples.map(([q, finds]) => (
              <div key={q}>
                <dt>
                  <a href={listOf(q)}>
                    <code>{q}</code>
                  </a>
                </dt>
                <dd>{finds}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p>
        Everything that is written has to fit; <code>-</code> before anything leaves it out, and <code>OR</code> between
        two things lets either do. Accents and case don’t matter. Days begin at midnight UTC. In quotes, everything is
        text: <code>"is:pinned"</code> looks for these words.
      </p>
    </>
  );
}
