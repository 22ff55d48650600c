import { expect, test } from "vitest";
import { farWords, historyPath, lasted, nothingWords, valueWords } from "./words";

const far = { metric: "cpu", direction: "high", peak: 84, expected: 20 } as const;

test("how far from usual is told in times, percent, or in words where there is usually nothing", () => {
  expect(farWords(far)).toBe("4.2 times what is usual at that hour");
  expect(farWords({ ...far, peak: 24 })).toBe("20 % above usual for that hour");
  expect(farWords({ ...far, expected: 0 })).toBe("far above next to nothing, as is usual at that hour");
  expect(farWords({ ...far, direction: "low", peak: 4 })).toBe("20 % of what is usual at that hour");
  expect(farWords({ ...far, direction: "low", peak: 18 })).toBe("10 % below usual for that hour");
  expect(farWords({ ...far, direction: "low", peak: 0 })).toBe("nothing, where there is usually some at that hour");
  expect(farWords({ ...far, direction: "low", peak: 0.1 })).toBe("less than a hundredth of what is usual at that hour");
  expect(valueWords(far)).toBe("84.0 % instead of about 20.0 %");
});

test("how long it went on is told in hours, then in days", () => {
  expect(lasted("2026-03-01T00:00:00Z", "2026-03-01T03:00:00Z")).toBe("3 h");
  expect(lasted("2026-03-01T00:00:00Z", "2026-03-03T04:00:00Z")).toBe("2 d 4 h");
  expect(lasted("2026-03-01T00:00:00Z", "2026-03-03T00:00:00Z")).toBe("2 d");
});

test("an anomaly leads to its tenant's history a day around it, and never into the future", () => {
  const anomaly = {
    ...far,
    id: "1",
    tenant: { id: "t", slug: "t", name: "T", status: "active", plan: "starter" },
    from: "2026-03-02T10:00:00.000Z",
    to: "2026-03-02T12:00:00.000Z",
    score: 8,
  } as const;
  const now = Date.parse("2026-03-20T00:00:00Z");
  const query = new URLSearchParams(historyPath(anomaly, now).split("?")[1]);
  expect(Object.fromEntries(query)).toEqual({
    from: "2026-03-01T10:00:00.000Z",
    to: "2026-03-03T12:00:00.000Z",
    metric: "cpu",
  });
  const open = historyPath({ ...anomaly, to: null }, Date.parse("2026-03-02T13:00:30Z"));
  expect(open).toContain(encodeURIComponent("2026-03-02T13:00:00.000Z"));
});

test("nothing found is not called ordinary before it is known what is usual", () => {
  const now = Date.parse("2026-03-10T12:00:00Z");
  const none = { tenants: 3, usual: 0, until: null, possible: null };
  expect(nothingWords(none, now)).toEqual({
    title: "Not worked out yet",
    text: expect.stringContaining("no hour of it is known yet"),
  });
  const later = nothingWords({ ...none, possible: "2026-03-12T12:00:00Z" }, now);
  expect([later.title, later.text]).toEqual(["Not worked out yet", expect.stringContaining("from 12 Mar 2026")]);
  expect(nothingWords({ ...none, possible: "2026-03-09T12:00:00Z" }, now).text).toContain("in some minutes");
  const usual = { ...none, usual: 2 };
  expect(nothingWords(usual, now).title).toBe("Not worked out yet");
  const until = "2026-03-10T11:00:00Z";
  expect(nothingWords({ ...usual, until }, now).text).toContain("Of 2 of 3 tenants");
  expect(nothingWords({ ...usual, usual: 3, until }, now).text).toContain("every tenant did what it usually does");
});
