import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { adjusted, chanceOf, correlation, differences, ranks, upperTail } from "./correlation";
import { showNeighbours } from "./neighbours";
import { pairsOf } from "./pairs";
import { normalNoise } from "./testing-series";
import { writeUsage } from "./testing-usage";

let control: TestControl;
const now = new Date("2026-10-30T12:00:00.000Z");
const ask = (input: object) => perform(showNeighbours, as("viewer", { now: () => now }), input);

beforeAll(async () => {
  control = await testControl();
});
beforeEach(forgetAnswers);
afterAll(() => control?.close());

test("ranks, correlations, tails and corrections are those computed by hand", () => {
  expect(ranks([30, 10, null, 10, 20])).toEqual([3, 0.5, null, 0.5, 2]);
  expect(differences([1, 4, null, 6, 5])).toEqual([null, 3, null, null, -1]);
  expect(correlation([1, 2, 3, 4], [2, 4, 6, 8])).toEqual({ r: 1, steps: 4 });
  // Ranks 1..5 against 2 1 4 3 5: 1 - 6 × 4 / (5 × 24) = 0.8.
  expect(correlation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])?.r).toBeCloseTo(0.8, 10);
  expect(correlation([1, 2, 3, 4], [9, 1, 2, 3], 1)).toMatchObject({ r: 1, steps: 3 });
  expect(correlation([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(upperTail(1.959964)).toBeCloseTo(0.025, 6);
  expect(upperTail(-1.644854)).toBeCloseTo(0.95, 6);
  expect(chanceOf(0, 100)).toBeCloseTo(0.5, 6);
  // Benjamini and Hochberg's, by hand: 0.01 × 4, 0.02 × 4 / 2, 0.03 × 4 / 3 → 0.04 each; 0.5.
  expect(adjusted([0.02, 0.5, 0.01, 0.03]).map((one) => Math.round(one * 1e6) / 1e6)).toEqual([0.04, 0.5, 0.04, 0.04]);
});

/** A tenant's values: the same working day for all, and noise of its own. */
function daily(noise: () => number, steps: number): number[] {
  return Array.from({ length: steps }, (_, at) => 50 + 30 * Math.sin(at / 100) + 5 * noise());
}

test("independent noise over the same working day gives hardly a pair", () => {
  const noise = normalNoise(11);
  let [found, looked] = [0, 0];
  for (let round = 0; round < 20; round++) {
    const many = () => new Map(Array.from({ length: 20 }, (_, n) => [`t${n}`, daily(noise, 240)]));
    const { pairs, looked: here } = pairsOf(many(), many(), 1);
    found += pairs.length;
    looked += here;
  }
  expect(looked).toBe(20 * 380);
  expect(found).toBeLessThanOrEqual(2);
});

test("a planted neighbour is found first, with the steps by which it is felt later", async () => {
  const noise = normalNoise(2);
  const tenants: TestTenant[] = [];
  for (const slug of ["loud", "hurt", "calm", "other"]) tenants.push(await control.makeTenant(slug));
  const from = now.getTime() - 6 * 3_600_000;
  const at = (step: number) => from + step * 60_000;
  const loud = daily(noise, 360);
  for (const [index, tenant] of tenants.entries()) {
    const cpu = index === 0 ? loud : daily(noise, 360);
    const latency = daily(noise, 360).map((value, step) => (index === 1 ? value + 3 * (loud[step - 1] ?? 0) : value));
    const points = (values: number[]) => values.map((value, step) => ({ at: at(step), value }));
    await writeUsage(control, { tenant: tenant.id }, "minute", "cpu", points(cpu));
    await writeUsage(control, { tenant: tenant.id }, "minute", "latency", points(latency));
  }
  const { pairs, looked, refused, span } = await ask({ server: control.serverId, range: "6h" });
  expect(refused).toBeNull();
  expect(looked).toBe(12);
  expect(span).toMatchObject({ level: "minute", stepSeconds: 60 });
  expect(pairs.map(({ noisy, suffers, lagSteps }) => [noisy.slug, suffers.slug, lagSteps])).toEqual([
    ["loud", "hurt", 1],
  ]);
  expect(pairs[0]?.correlation).toBeGreaterThan(0.6);
  expect(pairs[0]?.chance).toBeLessThan(1e-6);
  expect(pairs[0]?.load).toHaveLength(360);
  expect(pairs[0]?.load[0]).toEqual([from, expect.closeTo(loud[0] ?? 0, 6)]);
});

test("of a day of which minutes are no longer kept, hours are compared, and too few of them are told as hours", async () => {
  const from = now.getTime() - 20 * 86_400_000;
  for (const slug of ["loud", "hurt"]) {
    const { rows } = await control.sql("SELECT id FROM tenants WHERE slug = $1", [slug]);
    const points = Array.from({ length: 36 }, (_, hour) => ({ at: from + hour * 3_600_000, value: (hour * 7) % 11 }));
    for (const metric of ["cpu", "latency"] as const)
      await writeUsage(control, { tenant: String(rows[0]?.id) }, "hour", metric, points);
  }
  const period = (hours: number) => ({
    from: new Date(from).toISOString(),
    to: new Date(from + hours * 3_600_000).toISOString(),
  });
  const day = await ask({ server: control.serverId, ...period(24) });
  expect(day.span).toMatchObject({ level: "hour", stepSeconds: 3600 });
  expect(day.refused).toMatch(/30 hours .* choose a longer one/);
  const longer = await ask({ server: control.serverId, ...period(36) });
  expect([longer.span.level, longer.looked]).toEqual(["hour", 2]);
});

test("who uses next to nothing is not loud, however well its load goes with what others feel; who is loud in bursts is", async () => {
  const noise = normalNoise(5);
  const from = now.getTime() - 5 * 86_400_000;
  const period = { from: new Date(from).toISOString(), to: new Date(from + 6 * 3_600_000).toISOString() };
  const write = (
    tenant: TestTenant,
    metric: "cpu" | "connections" | "transactions" | "buffers" | "latency",
    values: number[],
  ) =>
    writeUsage(
      control,
      { tenant: tenant.id },
      "minute",
      metric,
      values.map((value, step) => ({ at: from + step * 60_000, value })),
    );
  const [idle, feels, bursts] = [
    await control.makeTenant("idle"),
    await control.makeTenant("feels"),
    await control.makeTenant("bursts"),
  ];
  const shape = daily(noise, 360);
  await write(feels, "latency", shape);
  for (const load of ["cpu", "transactions", "buffers", "connections"] as const) {
    await write(
      idle,
      load,
      shape.map((value) => value / 100),
    );
    const { pairs, looked, refused } = await ask({ server: control.serverId, load, ...period });
    expect([pairs, looked]).toEqual([[], 0]);
    expect(refused).toMatch(/reached (1|4|one) /);
  }
  // 40 % of a core in six of 360 minutes: 0.7 % in the mean.
  await write(
    bursts,
    "cpu",
    shape.map((_, step) => (step % 60 === 0 ? 40 : 0.01)),
  );
  const { looked } = await ask({ server: control.serverId, ...period, top: 5 });
  expect(looked).toBe(1);
});

test("a fall of cache hits is what is felt there", () => {
  const noise = normalNoise(8);
  const loud = daily(noise, 200);
  const hits = new Map([["hurt", loud.map((value) => 90 - value / 2 + noise())]]);
  expect(pairsOf(new Map([["loud", loud]]), hits, 1).pairs).toEqual([]);
  expect(pairsOf(new Map([["loud", loud]]), hits, -1).pairs).toMatchObject([{ lagSteps: 0 }]);
});

test("where nothing is known it says so, and an unknown server is not found", async () => {
  const { pairs, refused, looked } = await ask({ server: control.serverId, range: "6h", felt: "waitTime" });
  expect([pairs, looked]).toEqual([[], 0]);
  expect(refused).toMatch(/feels/);
  expect((await ask({ server: control.serverId, range: "6h", load: "buffers" })).refused).toMatch(/load/);
  await expect(ask({ server: newId(now) })).rejects.toMatchObject({ code: "not_found" });
});
