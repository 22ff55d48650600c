import { expect, test } from "vitest";
import { isZoneMeant } from "./zone-search";

test("a zone is found by a part of its name, with a space, and by its name of today", () => {
  expect(isZoneMeant("America/New_York", "new york")).toBe(true);
  expect(isZoneMeant("America/New_York", "New_York")).toBe(true);
  expect(isZoneMeant("Asia/Katmandu", "kathmandu")).toBe(true);
  expect(isZoneMeant("Asia/Calcutta", "Kolkata")).toBe(true);
  expect(isZoneMeant("Europe/Kiev", "kyiv")).toBe(true);
  expect(isZoneMeant("Europe/Vienna", "new york")).toBe(false);
  expect(isZoneMeant("Europe/Vienna", "")).toBe(true);
});
