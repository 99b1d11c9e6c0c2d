const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A day, in UTC until script puts it into the reader's own zone. */
export function Day({ at }: { at: number }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} data-shows="day" suppressHydrationWarning>
      {dayOf(date)}
    </time>
  );
}

/** A day and time, likewise. */
export function Moment({ at }: { at: number }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} data-shows="moment" suppressHydrationWarning>
      {momentOf(at)}
    </time>
  );
}

/** A day and time as text, in UTC. */
export function momentOf(at: number) {
  const date = new Date(at);
  return `${dayOf(date)}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** A time of today, likewise. */
export function Clock({ at }: { at: number }) {
  const iso = new Date(at).toISOString();
  return (
    <time dateTime={iso} data-shows="time" suppressHydrationWarning>
      {`${iso.slice(11, 16)} UTC`}
    </time>
  );
}

function dayOf(date: Date) {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
