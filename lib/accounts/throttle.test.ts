import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { placeOf } from "@/lib/kernel/addresses";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { factorThrottle, passwordThrottles } from "./guessing";
import { countAttempt, forgetAttempts, giveBack, growing, steady } from "./throttle";

let control: TestControl;
let now = new Date("2026-03-01T12:00:00Z");
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(() => control.sql("TRUNCATE sign_in_throttles"));

const passes = async (...throttles: Parameters<typeof countAttempt>[0]) =>
  await countAttempt(throttles, now).then(
    () => true,
    () => false,
  );

test("of sixteen attempts at the same moment, ten may be made", async () => {
  const settled = await Promise.all(Array.from({ length: 16 }, () => passes(steady("one", 10))));
  expect(settled.filter(Boolean)).toHaveLength(10);
});

test("an attempt that is given back makes room for another, and never for two", async () => {
  const one = steady("one", 2);
  expect([await passes(one), await passes(one), await passes(one)]).toEqual([true, true, false]);
  await giveBack([one]);
  expect([await passes(one), await passes(one)]).toEqual([true, false]);
  for (const _ of [1, 2, 3, 4]) await giveBack([one]);
  expect([await passes(one), await passes(one), await passes(one)]).toEqual([true, true, false]);
  await forgetAttempts(one);
  expect(await passes(one)).toBe(true);
});

test("what one throttle refuses counts in none", async () => {
  const [wide, narrow] = [steady("wide", 3), steady("narrow", 1)];
  expect(await passes(wide, narrow)).toBe(true);
  for (const _ of [1, 2, 3]) expect(await passes(wide, narrow)).toBe(false);
  expect([await passes(wide), await passes(wide), await passes(wide)]).toEqual([true, true, false]);
});

test("a refusal says how long to wait, and after that it is open again", async () => {
  expect(await passes(steady("one", 1))).toBe(true);
  later(5);
  await expect(countAttempt([steady("one", 1)], now)).rejects.toMatchObject({
    code: "limit",
    reason: "too_many_attempts",
    retryAfter: 600,
    message: expect.stringContaining("10 minutes"),
  });
  later(10);
  expect(await passes(steady("one", 1))).toBe(true);
});

test("bursts make windows longer, up to an hour, until a day was calm", async () => {
  const one = growing("one", 5);
  const waits: number[] = [];
  for (const _ of [1, 2, 3, 4]) {
    for (const _attempt of [1, 2, 3, 4, 5]) expect(await passes(one)).toBe(true);
    const error = await countAttempt([one], now).catch((thrown) => thrown);
    waits.push(error.retryAfter / 60);
    later(error.retryAfter / 60);
  }
  expect(waits).toEqual([15, 30, 60, 60]);
  later(24 * 60);
  for (const _ of [1, 2, 3, 4, 5]) expect(await passes(one)).toBe(true);
  await expect(countAttempt([one], now)).rejects.toMatchObject({ retryAfter: 900 });
});

test("an attacker who stays below the limit meets longer windows, too; a rare slip doesn't", async () => {
  const [sly, slip] = [growing("sly", 5), growing("slip", 5)];
  for (const _ of [1, 2]) {
    for (const _attempt of [1, 2, 3, 4]) expect(await passes(sly)).toBe(true);
    expect(await passes(slip)).toBe(true);
    later(30);
  }
  for (const _ of [1, 2, 3, 4, 5]) expect([await passes(sly), await passes(slip)]).toEqual([true, true]);
  await expect(countAttempt([sly], now)).rejects.toMatchObject({ retryAfter: 3600 });
  await expect(countAttempt([slip], now)).rejects.toMatchObject({ retryAfter: 900 });
});

test("an IPv6 network counts as one address, and no key names an account", () => {
  expect(placeOf("2001:db8:1:2:aaaa::1")).toBe(placeOf("2001:db8:1:2:bbbb::2"));
  expect(placeOf("2001:db8:1:2::1")).not.toBe(placeOf("2001:db8:1:3::1"));
  const place = { email: "ada@example.com", address: "10.0.0.1", known: false };
  const { own, others } = passwordThrottles(place);
  expect(JSON.stringify([own, others, factorThrottle(place)])).not.toContain("ada");
});
