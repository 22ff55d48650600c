import { expect, test } from "vitest";
import { type Asked, askedPeriod } from "./asked";

const now = Date.parse("2026-11-22T10:00:00Z");
const ask = (more: Partial<Asked>) =>
  askedPeriod({ range: "24h", tz: "UTC", granularity: "auto", width: 800, ...more }, now);
const day = 86_400_000;

test("a period ends now, or when it is said to end, but not in the future", () => {
  expect(ask({})).toEqual({ from: now - day, to: now });
  const to = "2026-11-20T10:00:00+01:00";
  expect(ask({ to })).toEqual({ from: Date.parse(to) - day, to: Date.parse(to) });
  expect(ask({ from: "2026-11-22T09:00:00Z", to: "9999-12-31T23:59:59Z" })).toEqual({ from: now - 3_600_000, to: now });
});

test("what nobody can answer is refused by the field that says it", () => {
  const refusal = (more: Partial<Asked>) => {
    try {
      return { answered: ask(more) };
    } catch (error) {
      return (error as { fields: object }).fields;
    }
  };
  expect(refusal({ from: "2027-01-01T00:00:00Z" })).toEqual({ from: expect.stringContaining("future") });
  const at = "2026-11-22T04:00:00Z";
  expect(refusal({ from: at, to: at })).toEqual({ to: expect.stringContaining("after it begins") });
  expect(refusal({ from: "2010-01-01T00:00:00Z" })).toEqual({ from: expect.stringContaining("five years") });
  expect(refusal({ to: "0001-01-01T00:00:00Z" })).toEqual({ to: expect.stringContaining("2000") });
  expect(refusal({ from: "0001-01-01T00:00:00Z", to: "0001-01-02T00:00:00Z" })).toEqual({
    from: expect.stringContaining("2000"),
  });
});
