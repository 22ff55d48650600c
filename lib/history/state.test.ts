import { expect, test } from "vitest";
import { heldSince } from "./state";

const at = (time: string) => Date.parse(time);
const now = at("2026-11-22T10:00Z");
const ago = (days: number) => now - days * 86_400_000;
const kept = { raw: ago(3), minute: ago(14), hour: ago(400), day: 0 };

test("a level holds what it is kept for", () => {
  const first = { minute: ago(14), hour: ago(400), day: ago(500) };
  expect(heldSince(kept, first)).toEqual(kept);
});

test("levels that began together hold all there is, and one without rows is not held against it", () => {
  const first = { minute: at("2026-11-20T09:17Z"), hour: at("2026-11-20T09:00Z"), day: at("2026-11-20T00:00Z") };
  expect(heldSince(kept, first)).toMatchObject({ minute: ago(14), hour: ago(400), day: 0 });
  expect(heldSince(kept, { minute: null, hour: null, day: null })).toMatchObject({ minute: ago(14) });
});

test("a level that begins after a coarser one holds nothing before", () => {
  const first = { minute: at("2026-11-20T08:00Z"), hour: at("2026-09-23T09:00Z"), day: at("2026-09-23T00:00Z") };
  expect(heldSince(kept, first)).toEqual({ raw: ago(3), minute: first.minute, hour: ago(400), day: 0 });
  const later = { minute: first.minute, hour: at("2026-11-20T08:00Z"), day: at("2026-09-23T00:00Z") };
  expect(heldSince(kept, later)).toMatchObject({ minute: first.minute, hour: later.hour, day: 0 });
});
