import type { Colour } from "~/db/schema.server";
import { Moment } from "~/ui/time";
import { useSidebar } from "./choices";
import { COLOURS } from "./looks";
import { tagPath } from "./markdown/tag";

interface Facts {
  id: string;
  words: number;
  created: number;
  updated: number;
  versions: number;
  drafts: number;
  pinned: number;
  archived: number | null;
  colour: Colour | null;
  notebookId: string | null;
  tasks: number;
  tasksDone: number;
  tags: { name: string }[];
}

/** What is to be known of a note besides its text: when, how much, where it stands. */
export function NoteFacts({ note }: { note: Facts }) {
  const { id, words, created, updated, versions, drafts, tasks, tasksDone } = note;
  return (
    <>
      <p className="facts">
        Changed <Moment at={updated} /> ·{" "}
        {minuteOf(created) < minuteOf(updated) && (
          <>
            made <Moment at={created} /> ·{" "}
          </>
        )}
        {words === 1 ? "1 word" : `${words} words`}
        {tasks > 0 && ` · ${tasksDone} of ${tasks} done`}
        {versions > 0 && (
          <>
            {" · "}
            <a href={`/notes/${id}/versions`}>
              {versions === 1 ? "1 earlier version" : `${versions} earlier versions`}
            </a>
          </>
        )}
        {drafts > 0 && (
          <>
            {" · "}
            <a href={`/notes/${id}/edit`}>{drafts === 1 ? "1 unsaved draft" : `${drafts} unsaved drafts`}</a>
          </>
        )}
      </p>
      <Standing note={note} />
    </>
  );
}

function Standing({ note: { pinned, archived, colour, notebookId, tags } }: { note: Facts }) {
  const notebook = useSidebar()?.notebooks.find(({ id }) => id === notebookId);
  if (!pinned && archived === null && !colour && !notebook && tags.length === 0) return null;
  return (
    <ul className="standing">
      {pinned === 1 && <li>Pinned</li>}
      {archived !== null && (
        <li>
          In the <a href="/archive">archive</a>
        </li>
      )}
      {colour && <li className={`marked ${colour}`}>{COLOURS[colour]}</li>}
      {notebook && (
        <li>
          <a href={`/notebooks/${notebook.id}`}>
            <bdi>{notebook.path}</bdi>
          </a>
        </li>
      )}
      {tags.map(({ name }) => (
        <li key={name}>
          <a href={tagPath(name)}>
            <bdi>#{name}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** As exact as the page says it. */
function minuteOf(time: number) {
  return Math.floor(time / 60_000);
}
