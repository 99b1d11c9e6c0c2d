import { createHash } from "node:crypto";
import type { Element, ElementContent } from "hast";
import type { ListItem, Nodes, Root } from "mdast";
import { defaultHandlers, type Handler } from "mdast-util-to-hast";
import { inlineText, parseMarkdown, splitFrontMatter } from "./parse.server";

/** A box to tick. */
export interface Task {
  /** The place, in the whole text, of the one character that says whether it is done. */
  at: number;
  done: boolean;
}

/** All boxes of a text in the order of their places. */
export interface Tasks {
  tasks: Task[];
  /** What each is known by later: {@link TASK} without what is wished. */
  names: string[];
}

/**
 * How a form names a task and what is wished of it: the place of its box, `x` or `o`, what the text
 * is besides its boxes, and its line, if no other task has the same.
 */
export const TASK = /^(\d{1,8})\.([xo])\.([\w-]{16})\.([\w-]{16})?$/;

/**
 * The tasks of a text.
 *
 * @throws RangeError for a text nested too deeply.
 */
export function readTasks(text: string): Tasks {
  const { body } = splitFrontMatter(text);
  return tasksOf(parseMarkdown(body), text, body);
}

/** The same of a text that is parsed already. */
function tasksOf(root: Root, text: string, body: string): Tasks {
  const start = startOf(text, body);
  const tasks = itemsOf(root)
    .map(({ checked, data }) => ({ at: start + (data?.box ?? 0), done: checked === true }))
    .filter(({ at }) => isBox(text, at));
  const whole = hash(withoutTicks(text, tasks));
  const lines = tasks.map(({ at }) => hash(lineOf(text, at)));
  const often = new Map<string, number>();
  for (const line of lines) often.set(line, (often.get(line) ?? 0) + 1);
  const names = lines.map((line, index) => `${tasks[index]?.at}.${whole}.${often.get(line) === 1 ? line : ""}`);
  return { tasks, names };
}

/**
 * The task that a form means: the one at its place where nothing but boxes has changed since;
 * otherwise the one with its line, where that was and is the only one.
 *
 * @returns null where it can't be told for certain.
 */
export function findTask({ tasks, names }: Tasks, named: string): Task | null {
  const [, at, , whole, line] = TASK.exec(named) ?? [];
  const inPlace = names.findIndex((name) => name.startsWith(`${at}.${whole}.`));
  const found = inPlace >= 0 || !line ? inPlace : names.findIndex((name) => name.endsWith(`.${line}`));
  return tasks[found] ?? null;
}

/** Whether a form wishes its task to be done. */
export function wishesDone(named: string): boolean {
  return TASK.exec(named)?.[2] === "x";
}

/** The text with one box ticked, or no longer: one character is another one. */
export function withTick(text: string, { at, done }: Task): string {
  return `${text.slice(0, at)}${done ? " " : "x"}${text.slice(at + 1)}`;
}

/** Makes each item of a list HTML, with a button for its box. */
export function listItems(root: Root, text: string, body: string): Handler {
  const found = tasksOf(root, text, body);
  const start = startOf(text, body);
  const places = new Map(found.tasks.map(({ at }, index) => [at - start, index]));
  return (state, item: ListItem, parent) => {
    const shown = defaultHandlers.listItem(state, item, parent);
    const index = places.get(item.data?.box ?? -1);
    if (index !== undefined) shown.children = putButton(shown.children, buttonOf(item, index, found));
    return shown;
  };
}

/** In place of the library's box, which stands at the head of the item or of its first paragraph. */
function putButton(children: ElementContent[], button: Element): ElementContent[] {
  const [head, ...rest] = children;
  if (head?.type === "text") return [head, ...putButton(rest, button)];
  if (head?.type !== "element") return children;
  if (head.tagName === "input") return [button, ...rest];
  return [{ ...head, children: putButton(head.children, button) }, ...rest];
}

function buttonOf(item: ListItem, index: number, { tasks, names }: Tasks): Element {
  const done = tasks[index]?.done ?? false;
  const [at, ...rest] = (names[index] ?? "").split(".");
  const [first] = item.children;
  const label = first ? inlineText(first).slice(0, 200).toWellFormed().replace(/\s+/g, " ").trim() : "";
  return {
    type: "element",
    tagName: "button",
    properties: {
      type: "submit",
      name: "task",
      value: [at, done ? "o" : "x", ...rest].join("."),
      id: taskAnchor(index),
      role: "checkbox",
      ariaChecked: String(done),
      ariaLabel: label || "Task",
      className: ["tick"],
    },
    children: [],
  };
}

/** Where a task stands on the page of its note. */
export function taskAnchor(index: number) {
  return `note-task-${index + 1}`;
}

/** Where in a text that begins which is parsed; the parser leaves a byte order mark out of its count. */
function startOf(text: string, body: string) {
  return text.length - body.length + (body.startsWith("\ufeff") ? 1 : 0);
}

function itemsOf(node: Nodes): ListItem[] {
  const own = node.type === "listItem" && node.data?.box !== undefined ? [node] : [];
  return "children" in node ? [...own, ...node.children.flatMap((child) => itemsOf(child))] : own;
}

/** Markdown also takes a line break for an empty box: that one can't be ticked by one character. */
function isBox(text: string, at: number) {
  return /^\[[ \txX]\]$/.test(text.slice(at - 1, at + 2));
}

function withoutTicks(text: string, tasks: Task[]) {
  let end = 0;
  const pieces = tasks.map(({ at }) => {
    const piece = text.slice(end, at);
    end = at + 1;
    return piece;
  });
  return [...pieces, text.slice(end)].join(" ");
}

/** The line around a place, without the state of the box there. */
function lineOf(text: string, at: number) {
  let [start, end] = [at, at];
  while (start > 0 && !isBreak(text[start - 1])) start -= 1;
  while (end < text.length && !isBreak(text[end])) end += 1;
  return `${text.slice(start, at)} ${text.slice(at + 1, end)}`;
}

function isBreak(character: string | undefined) {
  return character === "\n" || character === "\r";
}

function hash(text: string) {
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
