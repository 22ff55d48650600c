import { expect, test } from "vitest";
import { unfinished } from "@/components/ui/time-field";
import { passed } from "./passed";

test("only an end that is over already is refused; half a date is for the contract to refuse", () => {
  const now = Date.parse("2026-11-22T12:00:00.000Z");
  expect(passed("2026-11-22T12:00:00.000Z", now)).toEqual({ until: expect.stringMatching(/has passed/) });
  for (const until of ["2026-11-22T12:01:00.000Z", "", unfinished]) expect(passed(until, now)).toEqual({});
});
