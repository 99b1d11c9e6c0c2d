/** 2024, 2024-05-06, 20240506, 202405061230, 2024-05-06T12:30:00+02:00: with the signs between the parts or without. */
const IN_NUMBERS =
  /^(?<year>\d{4})(?:(?<sign>[-/.]?)(?<month>\d\d)\k<sign>(?<day>\d\d)(?:(?:T|\s*)(?<hour>\d\d):?(?<minute>\d\d)(?::?(?<second>\d\d(?:\.\d+)?))?\s*(?<zone>Z|UTC|[+-]\d\d:?\d\d)?)?)?$/i;

/** May 6, 2024; Mon, 6 May 2024 12:30:00 +0200: English, as in mails. */
const IN_WORDS =
  /^(?=.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))(?:[a-z]+, ?)?[a-z\d]+ [a-z\d]+,? \d{4}(?:,? \d{1,2}:\d\d(?::\d\d)?(?: [ap]m)?(?<zone> (?:UTC|GMT|[+-]\d{4}))?)?$/i;

/** Seconds, or milliseconds where there are thirteen digits. */
const SINCE_1970 = /^(?:\d{9,10}(?:\.\d+)?|\d{13})$/;

/**
 * Reads the time that a person or a program wrote at the head of a file. Without a zone it is UTC,
 * wherever the server stands. `Date.parse` alone would find a date in almost anything.
 *
 * @returns milliseconds since 1970, or undefined for what is no time.
 */
export function readTime(value: unknown): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value).trim();
  // Longer than any time; the expressions need not look at a whole page.
  if (text.length > 50) return undefined;
  const time = sinceStart(text) ?? inNumbers(text) ?? inWords(text);
  return time !== undefined && time >= 0 ? time : undefined;
}

function sinceStart(text: string) {
  if (!SINCE_1970.test(text)) return undefined;
  return /^\d{13}$/.test(text) ? Number(text) : Math.floor(Number(text) * 1000);
}

function inNumbers(text: string) {
  const parts = IN_NUMBERS.exec(text)?.groups;
  if (!parts) return undefined;
  const { year, month = "01", day = "01", hour = "00", minute = "00", second = "00", zone = "Z" } = parts;
  const date = `${year}-${month}-${day}`;
  // Date.parse takes 30 February for 1 March.
  if (!new Date(date).toJSON()?.startsWith(date)) return undefined;
  const offset = zone
    .toUpperCase()
    .replace("UTC", "Z")
    .replace(/(\d\d)(\d\d)$/, "$1:$2");
  return Date.parse(`${date}T${hour}:${minute}:${second}${offset}`);
}

function inWords(text: string) {
  const found = IN_WORDS.exec(text);
  return found ? Date.parse(found.groups?.zone ? text : `${text} UTC`) : undefined;
}
