import { expect, test } from "vitest";
import { failureOf, safeNext } from "./sign-in-words";

test("only a path of this console is followed after signing in", () => {
  expect(safeNext("/tenants?status=active")).toBe("/tenants?status=active");
  for (const bad of [
    undefined,
    "",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
  ]) {
    expect(safeNext(bad)).toBe("/");
  }
});

test("an unknown reason is not taken for a wrong password", () => {
  expect(failureOf("code_required")).toBe("code_required");
  expect(failureOf("CredentialsSignin")).toBe("unavailable");
});
