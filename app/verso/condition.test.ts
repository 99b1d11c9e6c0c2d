import { expect, test } from "vitest";
import { conditionsOf } from "./condition";
import type { SeenParameter } from "./record";

const MINE: SeenParameter = { kind: "text", length: 36, origin: "session", name: "person" };
const OTHER: SeenParameter = { kind: "text", length: 36 };
const told = (text: string, parameters: SeenParameter[]) =>
  conditionsOf({ text, parameters }).map(({ before, mark, after }) => `${before}[${mark}]${after}`);

test.each<[what: string, text: string, parameters: SeenParameter[], told: string[]]>([
  [
    "a list",
    'select "id" from "notes" where ("notes"."owner_id" = ? and "notes"."trashed" is null) order by "notes"."updated" desc limit ?',
    [MINE, OTHER],
    ['where (["notes"."owner_id" = ?] and "notes"."trashed" is null)'],
  ],
  [
    "one row, with a question mark among the words",
    `select 'who?' as "a?" from "notes" where ("notes"."id" = ? and "notes"."owner_id" = ?)`,
    [OTHER, MINE],
    ['where ("notes"."id" = ? and ["notes"."owner_id" = ?])'],
  ],
  [
    "a statement inside another",
    'select (select count(*) from "v" where "v"."owner_id" = ?) from "notes" where "notes"."id" = ?',
    [MINE, OTHER],
    ['where ["v"."owner_id" = ?]'],
  ],
  [
    "a change",
    'update "users" set "clock" = "users"."clock" + 1 where "users"."id" = ?',
    [MINE],
    ['where ["users"."id" = ?]'],
  ],
  [
    "a row that is made",
    'insert into "notes" ("key", "id", "owner_id", "title") values (null, ?, ?, ?)',
    [OTHER, MINE, OTHER],
    ['insert into "notes" (… ["owner_id" = ?] …)'],
  ],
  [
    "two rows that are made",
    'insert into "f" ("owner_id", "path") values (?, ?), (?, ?) on conflict do nothing',
    [MINE, OTHER, MINE, OTHER],
    ['insert into "f" (… ["owner_id" = ?] …)', 'insert into "f" (… ["owner_id" = ?] …)'],
  ],
  ["what has nothing from a login", 'select 1 from "notes" where "id" = ?', [OTHER], []],
  ["a value that decides nothing", "select ? from x", [MINE], []],
])("the condition of %s", (_what, text, parameters, expected) => {
  expect(told(text, parameters)).toEqual(expected);
});
