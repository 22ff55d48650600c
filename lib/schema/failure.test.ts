import { expect, test } from "vitest";
import { failure } from "./failure";

test("of a long error of the tenant's making the beginning is told, without half a character", () => {
  const { message } = failure("It", "", 0, new Error(`${"x".repeat(999)}😀 and more`));
  expect(message).toBe(`It was cut off: ${"x".repeat(999)}.`);
});
