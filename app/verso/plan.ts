import type { PlanRow } from "~/db/engine.server";

/** One step of a plan: what SQLite says of it, and the same in plain words. */
export interface PlanNode {
  /** SQLite's own words. */
  detail: string;
  /** In plain words; null where no rule knows them. */
  sentence: string | null;
  /** "good" and "watch" only where a rule can know it. */
  kind: PlanKind;
  /** Why it matters with many rows. */
  why: string | null;
  /** The index that it goes along. */
  index: string | null;
  children: PlanNode[];
}

export type PlanKind = "good" | "neutral" | "watch";

/**
 * A plan as a tree with sentences, made by rules from SQLite's words alone. What no rule knows is
 * shown as it stands and never guessed at.
 *
 * @param text the statement: whether it wants an order, a limit or a match is not in its plan.
 */
export function planTree(rows: PlanRow[], text: string): PlanNode[] {
  const asked = askedBy(rows, text);
  const grow = (parent: number): PlanNode[] =>
    rows
      .filter((row) => row.parent === parent)
      .map(({ id, detail }) => ({ ...NOTHING_KNOWN, ...told(detail, asked), detail, children: grow(id) }));
  return withOrder(grow(0), asked);
}

/** Every step of a plan, from top to bottom, and how deep it stands. */
export function stepsOf(plan: PlanNode[], depth = 0): { node: PlanNode; depth: number }[] {
  return plan.flatMap((node) => [{ node, depth }, ...stepsOf(node.children, depth + 1)]);
}

const NOTHING_KNOWN = { sentence: null, kind: "neutral", why: null, index: null } as const;

/** What the rules have to know beside one step. */
interface Asked {
  text: string;
  ordered: boolean;
  /** Something may end it before the last row. */
  endsEarly: boolean;
  /** It adds rows that it is given, so that it looks for none itself. */
  onlyAdds: boolean;
  /** Queries inside the statement that are read like tables. */
  derived: Set<string>;
  /** One of them is read by another name, so that a name alone says nothing. */
  renamed: boolean;
}

function askedBy(rows: PlanRow[], text: string): Asked {
  const plain = text.toLowerCase().replace(/'(?:[^']|'')*'/g, "''");
  const made = rows.flatMap(({ id, detail }) => {
    const name = /^(?:CO-ROUTINE|MATERIALIZE) (\S+)$/.exec(detail)?.[1];
    return name ? [{ id, name }] : [];
  });
  return {
    text: plain.replaceAll('"', ""),
    ordered: wantsOrder(plain) && !rows.some(({ detail }) => detail.includes("TEMP B-TREE")),
    endsEarly: /\b(limit|exists)\b/.test(plain),
    onlyAdds: /^insert into\b/.test(plain) && !/\bselect\b/.test(plain),
    derived: new Set(made.map(({ name }) => name)),
    renamed: made.some(({ id, name }) => !isReadOutside(rows, id, name)),
  };
}

/** An order of the statement itself, not of a query inside it; a count or a sum of all rows has none. */
function wantsOrder(plain: string) {
  let outside = plain;
  for (let before = ""; before !== outside; ) {
    before = outside;
    outside = outside.replace(/\([^()]*\)/g, "");
  }
  return /\border by\b/.test(outside) && !/\b(count|sum|total|avg|min|max|\w*group\w*|string_agg)\s*\(/.test(plain);
}

/** Whether what the step `id` makes is read by its own name; a recursive query also reads itself. */
function isReadOutside(rows: PlanRow[], id: number, name: string) {
  const inside = new Set([id]);
  for (const row of rows) if (inside.has(row.parent)) inside.add(row.id);
  return rows.some((row) => !inside.has(row.id) && /^(?:SCAN|SEARCH) (\S+)/.exec(row.detail)?.[1] === name);
}

/** Where an order is asked for and nothing is sorted, the one way that leads to the rows brings them in order. */
function withOrder(plan: PlanNode[], { ordered }: Asked): PlanNode[] {
  const ways = plan.filter(({ detail }) => /^(SEARCH|SCAN) /.test(detail));
  if (!ordered || ways.length !== 1) return plan;
  return plan.map((node) =>
    node === ways[0] && node.index
      ? { ...node, sentence: `${node.sentence} They come in the order that is asked for, so nothing has to be sorted.` }
      : node,
  );
}

interface Told {
  sentence: string;
  kind?: PlanKind;
  why?: string;
  index?: string;
}

type Rule = [form: RegExp, tell: (words: (string | undefined)[], asked: Asked) => Told | null];

/**
 * What a statement that only adds rows has in its plan is the look for rows that wait for the new
 * one as their parent. SQLite jumps over it (OP_FkIfZero) while no foreign key is broken.
 */
function told(detail: string, asked: Asked): Told | null {
  const known = tell(detail, asked);
  if (!known || !asked.onlyAdds) return known;
  const [first = "", ...rest] = known.sentence;
  return { sentence: `Skipped unless a foreign key is broken at that moment: ${first.toLowerCase()}${rest.join("")}` };
}

function tell(detail: string, asked: Asked): Told | null {
  for (const [form, rule] of RULES) {
    const found = form.exec(detail);
    if (found) return rule(found.slice(1), asked);
  }
  return null;
}

const say =
  (sentence: string, more: Omit<Told, "sentence"> = {}): Rule[1] =>
  () => ({ sentence, ...more });

const EVERY_ROW = "Every row is read, whatever is asked for: ten times the rows take ten times as long.";
const UNLESS_ENDED = `Unless something ends it early, such as LIMIT or EXISTS, ${EVERY_ROW.toLowerCase()}`;
const ONCE_FOR_EACH = "It runs once for each row outside, so it should find its own along an index.";
const ALL_BEFORE_THE_FIRST = "All of them have to be found before the first can be shown.";

/**
 * The forms that SQLite 3.50 to 3.53 can print.
 *
 * @see https://sqlite.org/src/file/src/wherecode.c
 * @see https://sqlite.org/src/file/src/select.c
 */
const RULES: Rule[] = [
  [/^SCAN CONSTANT ROW$/, say("Needs no table: the answer stands in the statement.")],
  [
    /^SCAN (\d+) CONSTANT ROWS?$/,
    ([number]) => ({ sentence: `Takes the rows that stand in the statement: ${number}.` }),
  ],
  [/^SCAN (\d+)-ROW VALUES CLAUSE$/, ([number]) => ({ sentence: `Takes the rows of VALUES: ${number}.` })],
  [
    /^(SEARCH|SCAN) (\S+)( EXISTS)?(?: USING (.+?))?( LEFT-JOIN)?$/,
    ([verb = "", name = "", exists, using = "", leftJoin], asked) => {
      const endsEarly = asked.endsEarly || exists !== undefined;
      const told = verb === "SEARCH" ? searched(name, using) : scanned(name, using, { ...asked, endsEarly });
      return told && { ...told, sentence: told.sentence + endOf(exists, leftJoin) };
    },
  ],
  [
    /^(?:SEARCH|SCAN) (\S+)( EXISTS)? VIRTUAL TABLE INDEX \d\w*:.*?( LEFT-JOIN)?$/,
    ([name = "", exists, leftJoin], { text }) => ({
      ...(text.includes(`${name.toLowerCase()} match `)
        ? { sentence: `Asks the full-text index ${name} which rows hold the words.`, kind: "good" as const }
        : { sentence: `Asks the virtual table ${name}, which finds the rows in a way of its own.` }),
      ...((exists || leftJoin) && { sentence: `Asks the virtual table ${name}.${endOf(exists, leftJoin)}` }),
    }),
  ],
  [
    /^BLOOM FILTER ON (\S+) \(.+\)$/,
    ([name]) => ({ sentence: `Asks a small table of bits first, and skips what ${name} surely doesn't have.` }),
  ],
  [/^CREATE BLOOM FILTER$/, say("Makes a small table of bits that tells at once what is surely not among them.")],

  [/^USE TEMP B-TREE FOR ORDER BY$/, say("Sorts what it found in memory.", { why: ALL_BEFORE_THE_FIRST })],
  [
    /^USE TEMP B-TREE FOR (?:LAST TERM|LAST (\d+) TERMS|RIGHT PART) OF ORDER BY$/,
    ([number]) => ({
      sentence: `The rows come in the order of the first terms; in memory it sorts by ${number ? `the last ${number}` : "the last"}.`,
    }),
  ],
  [/^USE TEMP B-TREE FOR GROUP BY$/, say("Sorts what it found in memory, to group it.", { why: ALL_BEFORE_THE_FIRST })],
  [/^USE TEMP B-TREE FOR DISTINCT$/, say("Remembers in memory what came already, so that each comes once.")],
  [
    /^USE TEMP B-TREE FOR (\w+)\(DISTINCT\)$/,
    ([name]) => ({ sentence: `Remembers in memory what ${name}() has counted in, so that each counts once.` }),
  ],
  [
    /^USE TEMP B-TREE FOR (\w+)\(ORDER BY\)$/,
    ([name]) => ({ sentence: `Sorts in memory what goes into ${name}(), in the order it wants.` }),
  ],

  [/^LIST SUBQUERY \d+$/, say("Runs the query inside IN once, and keeps what it found as a list:")],
  [/^CORRELATED LIST SUBQUERY \d+$/, say("Runs the query inside IN anew for each row.", { why: ONCE_FOR_EACH })],
  [/^SCALAR SUBQUERY \d+$/, say("Runs a query inside this one once, for a single value:")],
  [
    /^CORRELATED SCALAR SUBQUERY \d+$/,
    say("Runs a query inside this one anew for each row, for a single value.", { why: ONCE_FOR_EACH }),
  ],
  [/^REUSE (?:LIST )?SUBQUERY (\d+)$/, ([number]) => ({ sentence: `Takes what subquery ${number} found, again.` })],
  [
    /^USING INDEX (\S+) FOR IN-OPERATOR$/,
    ([index = ""]) => ({ sentence: `Asks the index ${index} whether IN holds; no list is made.`, kind: "good", index }),
  ],
  [
    /^USING ROWID SEARCH ON TABLE (\S+) FOR IN-OPERATOR$/,
    ([name]) => ({ sentence: `Asks ${name} by row number whether IN holds; no list is made.`, kind: "good" }),
  ],
  [
    /^CO-ROUTINE (\S+)$/,
    ([name = ""]) => ({ sentence: `Runs ${inner(name)} side by side with the rest, row by row:` }),
  ],
  [/^MATERIALIZE (\S+)$/, ([name = ""]) => ({ sentence: `Runs ${inner(name)} and keeps its rows in memory:` })],

  [/^MULTI-INDEX OR$/, say("Looks along an index for each side of OR, and takes each row once:", { kind: "good" })],
  [/^INDEX (\d+)$/, ([number]) => ({ sentence: `Side ${number} of OR:` })],
  [/^COMPOUND QUERY$/, say("Puts the answers of several queries together:")],
  [/^LEFT-MOST SUBQUERY$/, say("The first query:")],
  [/^UNION ALL$/, say("Then all that the next query finds:")],
  [/^UNION USING TEMP B-TREE$/, say("Then what the next query finds; in memory it looks that each row comes once:")],
  [/^INTERSECT USING TEMP B-TREE$/, say("Of that, what the next query finds too; it is compared in memory:")],
  [/^EXCEPT USING TEMP B-TREE$/, say("Of that, what the next query does not find; it is compared in memory:")],
  [/^MERGE \(UNION ALL\)$/, say("Runs two queries in the same order and takes all rows of both:")],
  [/^MERGE \(UNION\)$/, say("Runs two queries in the same order and takes each row once:")],
  [/^MERGE \(INTERSECT\)$/, say("Runs two queries in the same order and takes what both have:")],
  [/^MERGE \(EXCEPT\)$/, say("Runs two queries in the same order and takes what only the first has:")],
  [/^LEFT$/, say("The first query:")],
  [/^RIGHT$/, say("The second query:")],
  [/^SETUP$/, say("What it begins with:")],
  [/^RECURSIVE STEP$/, say("What follows from each row, until nothing follows any more:")],
  [/^RIGHT-JOIN (\S+)$/, ([name]) => ({ sentence: `Afterwards the rows of ${name} that found no partner:` })],
];

/** `USING …` of a SEARCH. */
function searched(name: string, using: string): Told | null {
  if (using === "")
    return {
      sentence: `Looks for the smallest or the greatest in ${name}, along no index.`,
      why: "Where that is not the row number, every row is read.",
    };
  const [, way = "", index = "", inside = ""] = /^(.*?)(?:INDEX(?: (\w[^\s()]*))?)?(?: ?\((.+)\))?$/.exec(using) ?? [];
  const end = !inside && index !== "" && (way === "" || way === "COVERING ");
  if (end) return { sentence: `Looks for the smallest or the greatest of ${name} along the index ${index}.`, index };
  const by = conditions(inside);
  if (!by) return null;
  // A column that is skipped is tried with each of its values: how many there are no plan says.
  const kind = by.includes("in turn") ? "neutral" : "good";
  switch (way) {
    case "INTEGER PRIMARY KEY":
      return { sentence: `Finds rows of ${name} ${by}, the key that the table itself is kept by.`, kind };
    case "PRIMARY KEY":
      return { sentence: `Finds rows of ${name} ${by}, the key that the table itself is kept by.`, kind };
    case "":
      return index === "" ? null : { sentence: `Finds rows of ${name} ${by}, along the index ${index}.`, kind, index };
    case "COVERING ":
      return index === ""
        ? null
        : {
            sentence: `Finds rows of ${name} ${by}, in the index ${index}, which holds all that is asked for.`,
            kind,
            index,
          };
    case "AUTOMATIC COVERING ":
    case "AUTOMATIC PARTIAL COVERING ":
      return {
        sentence: `Makes an index of ${name} for this one run, and finds rows ${by} along it.`,
        kind: "watch",
        why: "No lasting index fits, so that each run reads the table to make one.",
      };
    default:
      return null;
  }
}

/** `USING …` of a SCAN. */
function scanned(name: string, using: string, { derived, renamed, endsEarly }: Asked): Told | null {
  const [, covering, index] = /^(COVERING )?INDEX (\S+)$/.exec(using) ?? [];
  if (index !== undefined) {
    const sentence = covering
      ? `Reads ${name} in the index ${index}, which holds all that is asked for, from one end.`
      : `Reads ${name} from one end, in the order of the index ${index}.`;
    return endsEarly ? { sentence, index } : { sentence, index, kind: "watch", why: EVERY_ROW };
  }
  if (using !== "") return null;
  if (derived.has(name) || name.startsWith("(")) return { sentence: `Goes through the rows of ${inner(name)}.` };
  if (renamed) return { sentence: `Goes through all rows of ${name}.` };
  return {
    sentence: `Walks through the whole table ${name}.`,
    kind: "watch",
    why: endsEarly ? UNLESS_ENDED : EVERY_ROW,
  };
}

function inner(name: string) {
  return name.startsWith("(") ? `the query inside ${name}` : `the query ${name}`;
}

function endOf(exists?: string, leftJoin?: string) {
  return (
    (exists ? " The first that fits is enough." : "") + (leftJoin ? " What finds no partner stays, with nulls." : "")
  );
}

/** "a=? AND b>?" in words; null where it says anything else. */
function conditions(text: string): string | null {
  const terms = text.split(" AND ").map((term) => TERM.exec(term));
  const equal: string[] = [];
  const skipped: string[] = [];
  const limits = new Map<string, string>();
  for (const term of terms) {
    if (!term) return null;
    const [, any, columns = "", sign = ""] = term;
    const named = nameColumns(columns);
    if (any) skipped.push(any);
    else if (sign === "=") equal.push(named);
    else
      limits.set(named, limits.has(named) ? "between two limits" : sign === ">" ? "from a limit on" : "up to a limit");
  }
  return [
    equal.length > 0 ? `by ${equal.join(" and ")}` : "",
    skipped.length > 0 ? `for each ${skipped.join(" and ")} in turn` : "",
    limits.size > 0 ? `with ${[...limits].map(([columns, limit]) => `${columns} ${limit}`).join(" and ")}` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

const TERM = /^(?:ANY\(([^()]+)\)|\(?([^()?]+?)\)?([=<>])(?:\?|\((?:\?,)*\?\)))$/;

function nameColumns(columns: string) {
  return columns
    .replace(/[()]/g, "")
    .split(",")
    .map((column) => (column === "rowid" ? "row number" : column === "<expr>" ? "an expression" : column))
    .join(" and ");
}
