import { expect, test } from "vitest";
import { ageWords, backtestWords, expectedWords, growthWords, reachWords, urgency } from "./words";

const open = { reached: false };

test("when a limit is reached is told with its band, and what is not within sight says so", () => {
  expect(reachWords({ ...open, days: 55, soonest: 40.2, latest: 74.8 }, 180)).toBe("in 40 to 75 days");
  expect(reachWords({ ...open, days: 55, soonest: 40, latest: null }, 180)).toBe("in 40 days or later");
  expect(reachWords({ ...open, days: null, soonest: 120, latest: null }, 180)).toBe("in 120 days or later");
  expect(reachWords({ ...open, days: null, soonest: null, latest: null }, 180)).toBe("not within 180 days");
  expect(reachWords({ ...open, days: 1, soonest: 1, latest: 1.2 }, 180)).toBe("in 1 day");
  expect(reachWords({ ...open, days: 4, soonest: 0.2, latest: 9 }, 180)).toBe("within 9 days");
});

test("only a value at its limit has reached it; what is expected by now is told as that, with the value's age", () => {
  const now = { days: 0, soonest: 0, latest: 0 };
  expect(reachWords({ reached: true, ...now }, 180)).toBe("reached");
  expect(expectedWords({ reached: true, ...now })).toBeNull();
  expect(reachWords({ ...open, ...now }, 180)).toBe("any day now");
  expect(expectedWords({ ...open, ...now })).toBe("most likely by now");
  expect(urgency({ ...open, ...now })).toBe("bad");
  expect(reachWords({ ...open, ...now, latest: null }, 180)).toBe("any day now or later");
  expect(reachWords({ ...open, days: 0.3, soonest: 0.2, latest: 0.4 }, 180)).toBe("in less than a day");
  expect(expectedWords({ ...open, days: 0.3, soonest: 0.2, latest: 0.4 })).toBe("most likely in less than a day");
  expect([0, 1, 3].map(ageWords)).toEqual([null, "newest value 1 day old", "newest value 3 days old"]);
});

test("what is likely within a fortnight is bad, what may be within two months is a warning", () => {
  expect(urgency({ ...open, days: 10, soonest: 5, latest: 20 })).toBe("bad");
  expect(urgency({ ...open, days: 90, soonest: 50, latest: null })).toBe("warn");
  expect(urgency({ ...open, days: 100, soonest: 90, latest: null })).toBe("quiet");
  expect(urgency({ ...open, days: null, soonest: null, latest: null })).toBe("quiet");
});

test("growth has a sign, a unit and a day; nothing is steady", () => {
  expect(growthWords("storage", 1536)).toBe("+1.50 GiB a day");
  expect(growthWords("storage", -10)).toBe("−10.0 MiB a day");
  expect(growthWords("connections", 0.25)).toBe("+0.3 a day");
  expect(growthWords("connections", 0.01)).toBe("steady");
  expect(growthWords("storage", 0)).toBe("steady");
});

test("a backtest is told in words, also where the method was no help", () => {
  const [band, better, how] = backtestWords({ folds: 6, horizonDays: 14, error: 0.62, covered: 0.81 });
  expect(band?.words).toBe("In the past, 81 % of what came lay in the band, as it should (80 % is right).");
  expect(better?.words).toBe("Yes: it was 38 % nearer to what came (scaled error 0.62, below 1 is better).");
  expect(how?.words).toContain("6 forecasts of 14 days");
  const worse = backtestWords({ folds: 1, horizonDays: 1, error: 1.3, covered: 0.4 });
  expect(worse[0]?.words).toContain("trust the band less");
  expect(worse[1]?.words).toContain("No: it was no nearer");
});
