import { expect, test } from "vitest";
import { ownPeriod } from "./search-period";

const now = Date.parse("2025-03-10T12:00:00Z");
const own = (from: string | null, to: string | null = null) => ownPeriod({ from, to }, now);

test("a period of one's own is as the address says", () => {
  expect(own("2025-03-09T12:00:00Z", "2025-03-10T00:00:00Z")).toEqual({
    from: "2025-03-09T12:00:00.000Z",
    to: "2025-03-10T00:00:00.000Z",
  });
  expect(own("2025-03-09T12:00:00Z")).toEqual({ from: "2025-03-09T12:00:00.000Z" });
});

test("one that can't be answered gives way to the usual period, and does not take the page away", () => {
  expect(own("2030-01-01T00:00:00Z"), "it lies in the future").toEqual({});
  expect(own("2012-01-01T00:00:00Z"), "it is too long").toEqual({});
  expect(own("2025-03-10T00:00:00Z", "2025-03-09T00:00:00Z"), "it ends before it begins").toEqual({});
  expect(own("yesterday")).toEqual({});
});
