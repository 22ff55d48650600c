import { afterAll, beforeAll, expect, test } from "vitest";
import { ImportHouse } from "./testing-imports";
import { columnInserted, copied, dumpedStructure, inserted } from "./testing-pg-dump";

let house: ImportHouse;
beforeAll(async () => {
  house = await ImportHouse.open(dumpedStructure);
});
afterAll(() => house.close());

const oddRows = [
  expect.stringMatching(/^\(1,"quotes ' "" \\\\ \\\\\. \\\\N tab\t line\nfeed","\\\\x00ff5c0a"/),
  '(2,"; DROP TABLE twin; --",,,,,infinity,,NaN,-1.5e+300,,f,,21)',
];

test.each([
  ["--data-only", copied],
  ["--data-only --inserts", inserted],
  ["--data-only --column-inserts --rows-per-insert=5 --on-conflict-do-nothing --disable-triggers", columnInserted],
])("what pg_dump %s writes is imported", async (_, dump) => {
  const tenant = await house.shop(`dumped-${dump.length}`);
  const { words } = await house.imports(tenant, { upload: await house.uploaded(dump) });
  expect(words).toBe("Imported 4 rows.");
  expect(await house.contents(tenant)).toEqual({
    '"Odd ""t"': oddRows,
    '"Odd ""t_id_seq"': ["(2,t)"],
    '"back\\slash \'"': ["(1,t)"],
    nothing: ["()"],
    twin: ["(1,1)"],
  });
});

test("a dump with its structure is refused by the line on which that begins", async () => {
  const tenant = await house.shop("whole");
  const whole = copied.replace(
    "\nCOPY public.twin",
    "\nCREATE TABLE public.more (\n    a integer\n);\n\nCOPY public.twin",
  );
  const line = whole.slice(0, whole.indexOf("CREATE TABLE")).split("\n").length;
  await house.refused(
    tenant,
    whole,
    new RegExp(`^Line ${line} of the file: only data is imported.*pg_dump --data-only`),
  );
});
