import { expect, test } from "vitest";
import { chanceWords, inSentence, lagWords, ofOwnPeak, strengthWords } from "./words";

test("chance, strength and lag are told in words", () => {
  expect(chanceWords(0.00001)).toBe("less than 1 in 10,000 by chance");
  expect(chanceWords(0.0004)).toBe("about 1 in 2,500 by chance");
  expect(chanceWords(0.08)).toBe("8 % by chance");
  expect([0.9, -0.65, 0.45, 0.2].map(strengthWords)).toEqual(["very strong", "strong", "clear", "weak"]);
  expect([inSentence("cpu"), inSentence("latency")]).toEqual(["CPU", "response time"]);
  expect(lagWords(0, 300)).toBe("at the same time");
  expect(lagWords(2, 300)).toBe("10 min later");
  expect(lagWords(3, 3600)).toBe("3 h later");
  expect(lagWords(3, 10)).toBe("30 s later");
});

test("two metrics share a chart by their own peaks, and unknown stays unknown", () => {
  expect(ofOwnPeak([[0, 2], [1, null], [2, 4]])).toEqual([[0, 50], [1, null], [2, 100]]); // biome-ignore format: a row a step
  expect(ofOwnPeak([[0, 0]])).toEqual([[0, 0]]);
});
