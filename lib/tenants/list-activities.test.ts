import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { listActivities } from "./list-activities";

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await control.close();
});

test("activities come newest first however late they were written, page by page, each once", async () => {
  const { id } = await control.makeTenant("shop");
  for (const minute of [5, 3, 3, 9, 1])
    await control.sql(
      `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, created_at)
       VALUES ($1, 'edited', $2::int::text, 'demo', '2026-01-01'::timestamptz + $2::int * interval '1 minute')`,
      [id, minute],
    );
  const told: string[] = [];
  for (let cursor: string | undefined, pages = 0; pages < 9; pages++) {
    const page = await perform(listActivities, as("owner"), { tenant: id, limit: 2, ...(cursor && { cursor }) });
    told.push(...page.activities.map(({ description }) => description));
    if (page.next === null) break;
    cursor = page.next;
  }
  expect(told).toEqual(["9", "5", "3", "3", "1"]);
});
