import { expect, test } from "vitest";
import { afterLook, type Look, lostAfter, mostLooks, type Standing, stateOf } from "./rules";

const start = new Date("2026-11-22T12:00:00Z");
const gone: Look = { seen: "gone", words: "gone" };
const unknown: Look = { seen: "unknown", words: "no answer" };
const there: Look = { seen: "there" };
const fresh: Standing = { verifiedAt: null, verifiedBy: null, checks: 0 };
const proven: Standing = { verifiedAt: start, verifiedBy: "dns", checks: 0 };

const minutes = (look: { nextCheckAt: Date | null }, since: Date) =>
  look.nextCheckAt && (look.nextCheckAt.getTime() - since.getTime()) / 60_000;

test("DNS is asked about a new domain ever more seldom, and no more after about thirty days", () => {
  let [row, now, looks] = [fresh, start, 0];
  const waits: (number | null)[] = [];
  for (;;) {
    const after = afterLook(row, gone, now, false);
    waits.push(minutes(after, now));
    looks++;
    if (!after.nextCheckAt) break;
    [row, now] = [{ ...row, ...after }, after.nextCheckAt];
  }
  expect(waits.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
  expect(looks).toBe(mostLooks);
  const days = (now.getTime() - start.getTime()) / 86_400_000;
  expect(days).toBeGreaterThan(29);
  expect(days).toBeLessThan(31);
});

test("who asks begins the thirty days anew", () => {
  const given = { ...fresh, checks: mostLooks };
  expect(afterLook(given, gone, start, true)).toMatchObject({ checks: 1 });
  expect(minutes(afterLook(given, gone, start, true), start)).toBe(1);
});

test("a record that is seen proves the domain, which is then looked at every day", () => {
  const after = afterLook({ ...fresh, checks: 7 }, there, start, false);
  expect(after).toMatchObject({ verifiedAt: start, verifiedBy: "dns", checks: 0, checkError: null });
  expect(minutes(after, start)).toBe(24 * 60);
});

test("a verified domain is lost after three looks that found nothing, and found again with one that does", () => {
  let row = proven;
  for (let miss = 1; miss <= lostAfter; miss++) {
    row = { ...row, ...afterLook(row, gone, start, false) };
    expect(stateOf(row, false)).toBe(miss < lostAfter ? "verified" : "lost");
  }
  expect(row.verifiedAt, "it goes on answering").toEqual(start);
  row = { ...row, ...afterLook(row, there, start, false) };
  expect(stateOf(row, false)).toBe("verified");
});

test("neither an outage of DNS nor an impatient person makes a domain lost", () => {
  let row = proven;
  for (let look = 0; look < 10; look++) row = { ...row, ...afterLook(row, unknown, start, false) };
  for (let look = 0; look < 10; look++) row = { ...row, ...afterLook(row, gone, start, true) };
  expect(row.checks).toBe(0);
  expect(stateOf(row, false)).toBe("verified");
});

test("a domain that somebody vouched for is not looked at by itself, and DNS can prove it all the same", () => {
  const vouched: Standing = { verifiedAt: start, verifiedBy: "hand", checks: 0 };
  expect(afterLook(vouched, gone, start, true)).toMatchObject({ nextCheckAt: null, checks: 0, checkError: "gone" });
  expect(stateOf({ ...vouched, checks: 99 }, false)).toBe("verified");
  expect(afterLook(vouched, there, start, true)).toMatchObject({ verifiedBy: "dns", verifiedAt: start });
});
