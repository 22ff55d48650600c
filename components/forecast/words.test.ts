import { expect, test } from "vitest";
import { backtestWords, growthWords, reachWords, urgency } from "./words";

test("when a limit is reached is told with its band, and what is not within sight says so", () => {
  expect(reachWords({ days: 55, soonest: 40.2, latest: 74.8 }, 180)).toBe("in 40 to 75 days");
  expect(reachWords({ days: 55, soonest: 40, latest: null }, 180)).toBe("in 40 days or later");
  expect(reachWords({ days: null, soonest: 120, latest: null }, 180)).toBe("in 120 days or later");
  expect(reachWords({ days: null, soonest: null, latest: null }, 180)).toBe("not within 180 days");
  expect(reachWords({ days: 1, soonest: 1, latest: 1.2 }, 180)).toBe("in 1 day");
  expect(reachWords({ days: 0, soonest: 0, latest: 0 }, 180)).toBe("reached");
});

test("what is likely within a fortnight is bad, what may be within two months is a warning", () => {
  expect(urgency({ days: 10, soonest: 5, latest: 20 })).toBe("bad");
  expect(urgency({ days: 90, soonest: 50, latest: null })).toBe("warn");
  expect(urgency({ days: 100, soonest: 90, latest: null })).toBe("quiet");
  expect(urgency({ days: null, soonest: null, latest: null })).toBe("quiet");
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
