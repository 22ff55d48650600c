import fc from "fast-check";
import { expect, test } from "vitest";
import { askedPage, cursorAt, type PlaceShape, placeAt } from "./page";

const shape: PlaceShape = [{ kind: "text" }, { kind: "number", nullable: true }, { kind: "time" }, { kind: "id" }];
const place = fc.tuple(
  fc.string({ unit: "grapheme", maxLength: 60 }).filter((text) => !/[\0\p{Cs}]/u.test(text)),
  fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value))),
  fc
    .date({ min: new Date("0001-01-01"), max: new Date("9999-01-01"), noInvalidDate: true })
    .map((at) => at.toISOString()),
  fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }).map(String),
);

const fieldOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
};

test("a place comes back from its cursor as it was, whatever script its words are in", () => {
  fc.assert(
    fc.property(place, (at) => {
      const cursor = cursorAt("things.list name", at);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(placeAt("things.list name", shape, cursor)).toEqual(at);
    }),
  );
});

test("whatever text is sent as a cursor, it is a place or refused at its field", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json().map(btoaSafe)), (text) => {
      expect(fieldOf(() => placeAt("things.list name", shape, text))).toMatchObject({
        code: "invalid",
        fields: { cursor: expect.any(String) },
      });
    }),
  );
});

const btoaSafe = (text: string) => Buffer.from(text).toString("base64url");
const good = ["a", null, "2026-01-01T00:00:00.000Z", "1"] as const;

test.each([
  ["another list's", cursorAt("others.list name", good), /another list/],
  ["one of another order", cursorAt("things.list name desc", good), /another/],
  ["one with a value less", cursorAt("things.list name", good.slice(1)), /another/],
  ["one with a text for a number", cursorAt("things.list name", ["a", "1", good[2], "1"]), /not a cursor/],
  ["one with nothing where something has to be", cursorAt("things.list name", [null, 1, good[2], "1"]), /not a cursor/],
  ["one of a day that never was", cursorAt("things.list name", ["a", 1, "2026-02-30T00:00:00Z", "1"]), /not a cursor/],
  ["one of the year 0", cursorAt("things.list name", ["a", 1, "0000-01-01T00:00:00Z", "1"]), /not a cursor/],
  ["one with half a character", cursorAt("things.list name", ["\ud800", 1, good[2], "1"]), /not a cursor/],
  ["one with a NUL", cursorAt("things.list name", ["\0", 1, good[2], "1"]), /not a cursor/],
  ["one with padding", `${cursorAt("things.list name", good)}=`, /not a cursor/],
  ["one with a member more", btoaSafe(JSON.stringify({ at: good, list: "things.list name", more: 1 })), /not a cursor/],
  ["one written otherwise", btoaSafe(JSON.stringify({ list: "things.list name", at: good })), /not a cursor/],
  ["nothing", "", /not a cursor/],
])("%s is refused at `cursor`", (_, text, words) => {
  expect(fieldOf(() => placeAt("things.list name", shape, text))).toMatchObject({
    code: "invalid",
    fields: { cursor: expect.stringMatching(words) },
  });
});

test("page numbers and cursors are not mixed", () => {
  expect(askedPage({ page: 3, pageSize: 20 }, 50)).toEqual({ limit: 20, skip: 40 });
  expect(askedPage({ cursor: "x", limit: 5 }, 50)).toEqual({ limit: 5, skip: 0 });
  expect(askedPage({}, 50)).toEqual({ limit: 50, skip: 0 });
  expect(fieldOf(() => askedPage({ cursor: "x", page: 1 }, 50))).toMatchObject({
    fields: { cursor: expect.any(String) },
  });
  expect(fieldOf(() => askedPage({ limit: 1, pageSize: 1 }, 50))).toMatchObject({
    fields: { limit: expect.any(String) },
  });
});
