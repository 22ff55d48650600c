import { expect, test } from "vitest";
import type { Span } from "@/lib/history/shapes";
import { madeUpIn } from "./made-up";

const span = (madeUpUntil: string | null): Span => ({
  from: "2025-03-10T10:00:00Z",
  to: "2025-03-10T12:00:00Z",
  stepSeconds: 60,
  level: "minute",
  tz: "UTC",
  asOf: "2025-03-10T12:00:00Z",
  madeUpUntil,
});

test("it is told whether all of a period, a part of it or only what it is compared with was made up", () => {
  expect(madeUpIn(span(null), true)).toBeNull();
  expect(madeUpIn(span("2025-03-10T12:00:00Z"), true)).toBe("all");
  expect(madeUpIn(span("2025-03-10T10:01:00Z"), true)).toBe("part");
  expect(madeUpIn(span("2025-03-10T09:00:00Z"), true)).toBe("compared");
  expect(madeUpIn(span("2025-03-10T09:00:00Z"), false)).toBeNull();
  expect(madeUpIn(span("2025-03-10T08:00:00Z"), true)).toBeNull();
});
