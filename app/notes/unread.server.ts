/** Whoever reads the texts that are left unread; the notes don't know them. */
let listener = () => {};

/** Has `listen` called whenever a text was saved that is still to be read for its tags and tasks. */
export function whenUnread(listen: () => void) {
  listener = listen;
}

/** Says that such a text was saved. */
export function tellUnread() {
  listener();
}
