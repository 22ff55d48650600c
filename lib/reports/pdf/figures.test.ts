import { expect, test } from "vitest";
import { change, counted, mebibytes, percent, shownValue } from "./figures";

test("what is not known is a dash, never a zero", () => {
  expect(shownValue("cpu", null)).toBe("–");
  expect(shownValue("storage", undefined)).toBe("–");
  expect(percent(null)).toBe("–");
  expect(change(null, 1)).toBe("–");
  expect(change(1, null)).toBe("–");
});

test("values have the unit that suits their size, as in the console", () => {
  expect(shownValue("cpu", 12.345)).toBe("12.3 %");
  expect(shownValue("cpu", 0.01)).toBe("<0.1 %");
  expect(shownValue("latency", 1234)).toBe("1.23 s");
  expect(shownValue("requests", 123_456.7)).toBe("123,457 /s");
  expect(mebibytes(0.5)).toBe("512 KiB");
  expect(mebibytes(1536)).toBe("1.50 GiB");
  expect(mebibytes(3 * 1024 ** 2)).toBe("3.00 TiB");
  expect(counted(1, "tenant")).toBe("1 tenant");
});

test("changes are in percent of what was before, and as a factor where that says more", () => {
  expect(change(112, 100)).toBe("+12.0 %");
  expect(change(88, 100)).toBe("\u221212.0 %");
  expect(change(5, 5)).toBe("unchanged");
  expect(change(5, 0)).toBe("from 0");
  expect(change(5000, 10)).toBe("× 500");
});
