import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { listTenantsContract } from "@/lib/tenants/contract";
import { candidates } from "./candidates";
import { writeUsage } from "./testing-usage";
import { dayMs } from "./usual";

let control: TestControl;
const slugs = new Map<string, string>();
const today = Date.UTC(2026, 9, 30);
const now = () => new Date(today + dayMs / 2);

/** A tenant with a limit or none, that stands at a value today and grows by so much a day. */
async function make(slug: string, limit: number | null, value: number, perDay: number): Promise<void> {
  const { id } = await control.makeTenant(slug);
  slugs.set(id, slug);
  await controlDb().tenant.update({ where: { id }, data: { settings: { limits: { storageMb: limit } } } });
  await grow(id, value, perDay);
}

/** Twenty days up to a value today, but far more on the days that lie so long ago. */
async function grow(tenant: string, value: number, perDay: number, spikes: number[] = []): Promise<void> {
  const values = Array.from({ length: 20 }, (_, ago) => ({
    at: today - ago * dayMs,
    value: spikes.includes(ago) ? 1e6 : value - ago * perDay,
  }));
  await writeUsage(control, { tenant }, "day", "storage", values);
}

beforeAll(async () => {
  control = await testControl();
  await make("slow", null, 500, 1);
  await make("fast", null, 500, 20);
  await make("shrinking", 1000, 900, -5);
  await make("far", 9000, 900, 2);
  await make("near", 1000, 900, 10);
  await make("over", 1000, 1100, 1);
  await make("still", 1000, 900, 0);
});
beforeEach(forgetAnswers);
afterAll(() => control?.close());

const chosen = async (top: number) => {
  const found = await candidates(as("viewer", { now }), listTenantsContract.input.parse({}), "storage", top);
  return found.map(({ id }) => slugs.get(id));
};

const order = ["over", "near", "far", "still", "shrinking", "fast", "slow"];

test("whose limit seems nearest comes first, then who has one that comes no nearer, then who grows fastest", async () => {
  expect(await chosen(5)).toEqual(order);
});

test("a spike of a night or two, whenever it was, neither hides who is near nor brings up who is not", async () => {
  const ids = new Map([...slugs].map(([id, slug]) => [slug, id]));
  for (const ago of [1, 2, 3, 10, 17, 18]) {
    for (const spikes of [[ago], [ago, ago + 1]]) {
      await grow(ids.get("near") ?? "", 900, 10, spikes);
      await grow(ids.get("still") ?? "", 900, 0, spikes);
      expect(await chosen(5), `spikes ${spikes} days ago`).toEqual(order);
    }
  }
});

test("a few more are looked at than are asked for", async () => {
  expect(await chosen(0)).toHaveLength(5);
});
