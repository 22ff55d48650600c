import { expect, test } from "vitest";
import { unreadPeriod } from "./unread-period";

const now = Date.parse("2025-03-10T12:00:00Z");
const said = (address: string) => {
  const parts = new URLSearchParams(address);
  return unreadPeriod((name) => parts.get(name), { begins: "30d", zone: "Europe/Vienna" }, now);
};

test("of an address that can be read nothing is said", () => {
  expect(said("")).toEqual([]);
  expect(said("range=7d&tz=Asia/Tokyo&granularity=hour")).toEqual([]);
  expect(said("from=2025-03-01T00:00:00Z&to=2025-03-02T00:00:00Z&tz=utc")).toEqual([]);
  expect(said("from=2025-03-01T00:00:00Z&range=fortnight"), "its dates count").toEqual([]);
});

test("each part that can't be read is named, with what is shown instead", () => {
  expect(said("tz=Mars/Olympus")).toEqual([
    "“Mars/Olympus” in the address is no time zone. Times are shown in Europe/Vienna.",
  ]);
  expect(said("range=fortnight")).toEqual([
    "“fortnight” in the address is no period. Shown instead: the last 30 days.",
  ]);
  expect(said("granularity=second")[0]).toContain("“second” in the address is no length of a step");
  expect(said(`tz=${"x".repeat(500)}`)[0]).toContain(`“${"x".repeat(40)}…” in`);
});

test.each([
  ["from=2025-03-09T00:00:00Z&to=2025-03-08T00:00:00Z", "the end is not later than the begin"],
  ["from=2030-01-01T00:00:00Z", "the begin lies in the future"],
  ["from=2012-01-01T00:00:00Z", "they are more than five years"],
  ["from=yesterday", "“yesterday” is no date"],
  ["from=2025-03-09T00:00:00Z&to=soon", "“soon” is no date"],
  ["to=2025-03-09T00:00:00Z", "there is an end, but no begin"],
])("dates that can't be shown are told with the reason: %s", (address, reason) => {
  expect(said(`${address}&range=7d`)).toEqual([
    `The dates in the address can't be shown: ${reason}. Shown instead: the last 7 days.`,
  ]);
});
