import { expect, test } from "vitest";
import { inWords, showFinely, showLimit, showMetric, showOnAxis } from "./format";

test("sizes take the unit that suits them", () => {
  const size = (value: number) => inWords(showMetric("storage", value));
  expect([0, 0.5, 7.614, 84.2, 512, 1536, 3_500_000].map(size)).toEqual([
    "0 MiB",
    "512 KiB",
    "7.61 MiB",
    "84.2 MiB",
    "512 MiB",
    "1.50 GiB",
    "3.34 TiB",
  ]);
});

test("a value too small for its digits is not shown as zero", () => {
  expect(inWords(showMetric("cpu", 0.01))).toBe("<0.1 %");
  expect(inWords(showMetric("cpu", 0))).toBe("0.0 %");
});

test("two small values can be told from each other where that matters", () => {
  const shown = (value: number) => inWords(showFinely("errors", value));
  expect([0.00712, 0.0138, 0.3, 0].map(shown)).toEqual(["0.0071 /s", "0.014 /s", "0.30 /s", "0.00 /s"]);
  expect(inWords(showFinely("storage", 0.0138))).toBe("14 KiB");
});

test("counts have no unit and no decimals, axes no idle ones", () => {
  expect(inWords(showMetric("connections", 12))).toBe("12");
  expect(showOnAxis("memory", 24 * 1024)).toBe("24 GiB");
  expect(showOnAxis("cpu", 0)).toBe("0");
  expect(showOnAxis("cpu", 0.05)).toBe("0.05 %");
  expect(showOnAxis("errors", 0.00048828125)).toBe("0.00049 /s");
});

test("a limit is written in the unit that suits it, without idle decimals", () => {
  expect([8, 512, 1536, 2048, 1_048_576].map(showLimit)).toEqual(["8 MiB", "512 MiB", "1.5 GiB", "2 GiB", "1 TiB"]);
});
