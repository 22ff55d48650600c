import { expect, test } from "vitest";
import { whyNotSent } from "./why-not-sent";

test("an Enter behind a refused code leaves the refusal standing", () => {
  expect(whyNotSent("", "This code is wrong.")).toBe("This code is wrong.");
  expect(whyNotSent("123", "This code is wrong.")).toBe("A code has six digits.");
  expect(whyNotSent("", null)).toBe("A code has six digits.");
  expect(whyNotSent("123456", "This code is wrong.")).toBeNull();
});
