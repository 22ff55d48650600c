import { expect, test } from "vitest";
import { bareHost, until } from "./words";

test.each([
  [-60, "in a moment"],
  [5, "in a moment"],
  [45, "in 45 s"],
  [90, "in 2 min"],
  [59 * 60, "in 59 min"],
  [6 * 3600, "in 6 h"],
  [24 * 3600, "in 24 h"],
])("%i seconds ahead are told as %s", (seconds, words) => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  expect(until(new Date(now + seconds * 1000).toISOString(), now)).toBe(words);
});

test("a pasted address is taken as its host name, and nothing else is made up", () => {
  for (const pasted of [" https://Shop.example.com/cart?x=1#top ", "shop.example.com/", "HTTP://shop.example.com"])
    expect(bareHost(pasted).toLowerCase()).toBe("shop.example.com");
  expect(["", "shop example.com", "a@b.example:8443", "*.example.com"].map(bareHost)).toEqual([
    "",
    "shop example.com",
    "a@b.example:8443",
    "*.example.com",
  ]);
});
