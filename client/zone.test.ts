import { expect, test } from "vitest";
import { chosenIn, isZone } from "./zone";

test("a chosen zone is read from the cookies, and only a zone is taken", () => {
  expect(chosenIn("")).toBeNull();
  expect(chosenIn("theme=dark; tenantry-zone=UTC")).toBeNull();
  expect(chosenIn("tenantry-zone=UTC; tenantry-zone-choice=Asia%2FKolkata; a=b")).toBe("Asia/Kolkata");
  expect(chosenIn("tenantry-zone-choice=Mars%2FOlympus")).toBeNull();
  expect(chosenIn("tenantry-zone-choice=%E0%A4%A")).toBeNull();
  expect(chosenIn("tenantry-zone-choice=")).toBeNull();
});

test("a zone is a name that the browser's calendar knows", () => {
  expect([isZone("UTC"), isZone("Europe/Vienna"), isZone(""), isZone("Nowhere"), isZone("U".repeat(61))]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
