/** Something to go to, or to do. */
export interface Command {
  name: string;
  /** Where it leads. */
  to?: string;
  /** What stands on the page and does it: a link, or the button of a form. Not offered where it isn't there. */
  press?: string;
  /** Other words that it may be looked for by. */
  also?: string;
  /** The key that does the same outside of fields. */
  key?: string;
}

/** What the command palette offers besides notes. */
export const COMMANDS: Command[] = [
  { name: "New note", to: "/notes/new", key: "n", also: "write create add" },
  { name: "Today’s note", to: "/today", key: "t", also: "daily journal diary" },
  { name: "Edit this note", press: ".note a[href$='/edit']", key: "e", also: "write change" },
  { name: "All notes", to: "/notes", also: "list home" },
  { name: "Pinned notes", to: "/notes?only=pinned" },
  { name: "Notebooks", to: "/notebooks", also: "folders" },
  { name: "Tags", to: "/tags" },
  { name: "Archive", to: "/archive" },
  { name: "Trash", to: "/trash", also: "deleted bin" },
  { name: "How to search, saved searches", to: "/search", also: "find help" },
  { name: "Keys", to: "/search#keys", also: "shortcuts keyboard" },
  { name: "Import", to: "/import", also: "upload" },
  { name: "Your account", to: "/account", also: "password settings" },
  { name: "Turn this page over", press: "a.turn, a.front", also: "back verso" },
  { name: "Learn how Verso works", to: "/learn" },
  { name: "Sign out", press: "form[action='/logout'] button", also: "log out leave" },
];
