import type { ReactNode } from "react";
import { BatchBar } from "./batch-bar";
import type { readList } from "./list.server";
import { NextPage, NoteList } from "./note-list";
import { UndoNotice } from "./notices";
import { ViewForm } from "./view-form";

type List = Pick<
  Awaited<ReturnType<typeof readList>>,
  "notes" | "next" | "in" | "sort" | "layout" | "undo" | "older" | "seen"
>;

interface Props {
  /** Its address. */
  path: string;
  /** How forms name what is listed: see `placeOf`. */
  place: string;
  heading: ReactNode;
  /** The search that narrows it. */
  q?: string;
  list: List;
  message?: string | null;
  /** What is said where there is nothing. */
  empty: ReactNode;
  /** Between the heading and the list. */
  children?: ReactNode;
}

/** A list of notes with all that can be done to them: one page for every place that has a list. */
export function ListPage({ path, place, heading, q = "", list, message, empty, children }: Props) {
  // What is in the trash is brought back or deleted there, one by one.
  const choosable = list.in !== "trashed";
  return (
    <>
      <h1>{heading}</h1>
      {message && (
        <p className="notice" role="alert">
          {message}
        </p>
      )}
      {list.undo && <UndoNotice undo={list.undo} back={path} />}
      {children}
      {list.notes.length > 0 && <ViewForm sort={list.sort} layout={list.layout} back={path} />}
      <NoteList notes={list.notes} layout={list.layout} sort={list.sort} choosable={choosable} q={q} />
      {list.notes.length === 0 && !message && empty}
      {list.notes.length > 0 && choosable && (
        // “All of this list” is all of its place: a search would be left out of it.
        <BatchBar place={place} back={path} seen={list.seen} more={q === "" && (list.next !== null || list.older)} />
      )}
      {list.next && <NextPage list={path} cursor={list.next} />}
    </>
  );
}
