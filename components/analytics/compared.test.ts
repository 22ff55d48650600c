import { expect, test } from "vitest";
import { compared, toneOf } from "./compared";

test("a change is told as a part of what was before, a large one as a multiple", () => {
  expect(compared(112, 100).words).toBe("12 % higher");
  expect(compared(92, 100)).toMatchObject({ way: "down", words: "8 % lower", short: "−8 %" });
  expect(compared(340, 100)).toMatchObject({ way: "up", words: "3.4 times as high", short: "×3.4" });
  expect(compared(100.2, 100).way).toBe("same");
});

test("what is unknown is not compared, and nothing can't be multiplied", () => {
  expect(compared(null, 3).way).toBe("unknown");
  expect(compared(3, undefined).way).toBe("unknown");
  expect(compared(3, 0)).toMatchObject({ way: "up", words: "from nothing" });
  expect(compared(0, 0).way).toBe("same");
  expect(compared(0, 4)).toMatchObject({ way: "down", words: "100 % lower" });
});

test("slower answers are bad, fewer cache hits too, and more use is neither", () => {
  expect(toneOf("latency", "up")).toBe("bad");
  expect(toneOf("cacheHit", "up")).toBe("good");
  expect(toneOf("cpu", "up")).toBe("neutral");
  expect(toneOf("errors", "unknown")).toBe("neutral");
});
