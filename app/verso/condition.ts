import type { StatementStep } from "./record";

/** The part of a statement that makes it this person's own: the words around a value from their login. */
export interface Condition {
  /** What kind of words: a condition on rows that are there, or a value of a row that is made. */
  kind: "where" | "values";
  before: string;
  mark: string;
  after: string;
}

/** Each place of a statement where a value from the login decides which rows it reaches, or whose a row becomes. */
export function conditionsOf({ text, parameters }: Pick<StatementStep, "text" | "parameters">): Condition[] {
  const tokens = tokensOf(text);
  const questions = tokens.filter((token) => token.text === "?");
  return parameters.flatMap(({ origin }, place) => {
    const question = questions[place];
    if (origin !== "session" || !question) return [];
    return [inWhere(text, tokens, question) ?? inValues(text, tokens, question) ?? []].flat();
  });
}

interface Token {
  text: string;
  at: number;
  /** How many parentheses are open here. */
  depth: number;
}

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|[<>]=|<>|[^\s\w]/g;

function tokensOf(sql: string): Token[] {
  let depth = 0;
  return [...sql.matchAll(TOKEN)].map(({ 0: text, index: at }) => {
    if (text === ")") depth -= 1;
    const token = { text, at, depth };
    if (text === "(") depth += 1;
    return token;
  });
}

/** Words that end a condition, where they stand at its own depth. */
const ENDS = /^(order|group|limit|returning|union)$/i;

function inWhere(sql: string, tokens: Token[], question: Token): Condition | null {
  const place = tokens.indexOf(question);
  const where = tokens.findLast(
    (token, at) => at < place && /^where$/i.test(token.text) && token.depth <= question.depth,
  );
  if (!where) return null;
  const over = tokens.find(
    ({ at, depth, text }) => at > question.at && (depth < where.depth || (depth === where.depth && ENDS.test(text))),
  );
  const end = over?.at ?? sql.length;
  const begin = comparisonBefore(tokens, place);
  return {
    kind: "where",
    before: sql.slice(where.at, begin),
    mark: sql.slice(begin, question.at + 1),
    after: sql.slice(question.at + 1, end).trimEnd(),
  };
}

/** Where `"notes"."owner_id" = ?` begins. */
function comparisonBefore(tokens: Token[], place: number) {
  let first = place - 2;
  while (tokens[first - 1]?.text === ".") first -= 2;
  return tokens[first]?.at ?? tokens[place]?.at ?? 0;
}

function inValues(sql: string, tokens: Token[], question: Token): Condition | null {
  const values = tokens.findIndex(({ text }) => /^values$/i.test(text));
  const open = tokens.findIndex(({ text }) => text === "(");
  if (values < 0 || open < 0 || !/^insert$/i.test(tokens[0]?.text ?? "")) return null;
  const columns = tokens.slice(open, values).filter(({ text }) => text.startsWith('"'));
  const given = tokens.slice(values).filter(({ text, depth }) => depth === 1 && text !== ",");
  const column = columns[given.indexOf(question) % columns.length];
  if (!column) return null;
  const into = sql.slice(0, tokens[open]?.at).trim();
  return { kind: "values", before: `${into} (… `, mark: `${column.text} = ?`, after: " …)" };
}
