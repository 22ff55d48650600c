import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { listFleetActivities } from "./activities";
import { showAnalyticsOverview } from "./show-overview";
import { listSignIns } from "./sign-ins";

const now = new Date("2026-05-04T10:30:00.000Z");
let control: TestControl;

beforeAll(async () => {
  control = await testControl();
});
beforeEach(forgetAnswers);
afterAll(() => control?.close());

async function told(search: string): Promise<(string | null)[]> {
  const [ctx, asked] = [as("owner", { now: () => now }), { range: "24h" as const, search }];
  const overview = await perform(showAnalyticsOverview, ctx, asked);
  const activities = await perform(listFleetActivities, ctx, asked);
  const signIns = await perform(listSignIns, ctx, asked);
  return [overview, activities, signIns].map(({ span }) => span.madeUpUntil);
}

test("all answers take from one look up to when figures were made up, and tell the same", async () => {
  expect(await told("one")).toEqual([null, null, null]);
  await control.sql(
    `WITH made AS (INSERT INTO usage_source_sets (sources) VALUES ('{"cpu":"generated"}') RETURNING id)
     INSERT INTO server_usage_hours (at, server_id, source_set) SELECT $1, $2, id FROM made`,
    ["2026-05-04T08:00:00Z", control.serverId],
  );
  // Other questions, so that no answer is kept, within the seconds in which that look is.
  expect(await told("two")).toEqual([null, null, null]);
  forgetAnswers();
  expect(await told("two")).toEqual(Array(3).fill("2026-05-04T09:00:00.000Z"));
});
