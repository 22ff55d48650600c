import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { readMadeUp } from "./made-up";

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
});

afterAll(async () => {
  await control?.close();
});

async function write(level: "minutes" | "hours" | "days", at: string, source: string): Promise<void> {
  await control.sql(
    `WITH made AS (INSERT INTO usage_source_sets (sources) VALUES ($3)
                   ON CONFLICT (sources) DO UPDATE SET sources = EXCLUDED.sources RETURNING id)
     INSERT INTO server_usage_${level} (at, server_id, source_set) SELECT $1, $2, id FROM made`,
    [at, newId(new Date()), JSON.stringify({ cpu: source })],
  );
}

const madeUp = async () => {
  const until = await readMadeUp(controlDb());
  return until === null ? null : new Date(until).toISOString();
};

test("up to when figures were made up is told by the finest that is kept; what was measured since is not", async () => {
  await write("minutes", "2025-03-10T11:00:00Z", "proc");
  await write("hours", "2025-03-10T11:00:00Z", "proc");
  expect(await madeUp()).toBeNull();
  await write("days", "2025-03-10T00:00:00Z", "generated+proc");
  expect(await madeUp()).toBe("2025-03-11T00:00:00.000Z");
  await write("hours", "2025-03-10T09:00:00Z", "generated+proc");
  expect(await madeUp()).toBe("2025-03-10T10:00:00.000Z");
  await write("minutes", "2025-03-10T09:41:00Z", "generated");
  expect(await madeUp()).toBe("2025-03-10T09:42:00.000Z");
});
