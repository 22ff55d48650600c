import { expect, test } from "vitest";
import { moved } from "./moved";
import { dueWords, nextWords } from "./schedule-words";
import { tablePath } from "./table-path";
import { kindLabel, mailWords, progressWords } from "./words";

test("progress is told in rows of a table and in parts of a document", () => {
  const report = { status: "running", rows: 1200, total: 5000, format: "csv" } as const;
  expect(progressWords(report)).toBe("1,200 of 5,000 rows");
  expect(progressWords({ ...report, total: null })).toBe("1,200 rows so far");
  expect(progressWords({ ...report, rows: 2, total: 8, format: "pdf" })).toBe("2 of 8 parts");
  expect(progressWords({ ...report, rows: 1, total: 1, status: "done" })).toBe("1 row");
  expect(progressWords({ ...report, rows: 0, total: 0, status: "done" })).toBe("No row");
});

test("a kind's name is read as words", () => {
  expect(["fleet-report", "ip-rules", "api-keys"].map(kindLabel)).toEqual(["Fleet report", "IP rules", "API keys"]);
});

test("mails are counted by what became of them", () => {
  const mail = (status: "sent" | "failed" | "waiting") => ({ address: "a@b.c", status, words: null, sentAt: null });
  expect(mailWords([mail("sent"), mail("failed"), mail("sent")])).toBe("2 sent, 1 not sent");
  expect(mailWords([])).toBe("");
});

test("when a schedule is due is told by its own clock, and by the viewer's where that is another", () => {
  const monthly = { every: "monthly", day: 31, at: "07:30", tz: "Asia/Tokyo" } as const;
  expect(dueWords(monthly)).toBe("Every month on the 31st, or the month's last day, at 07:30, Asia/Tokyo");
  expect(dueWords({ ...monthly, every: "weekly", day: 7 })).toBe("Every Sunday at 07:30, Asia/Tokyo");
  expect(dueWords({ ...monthly, every: "daily", day: null })).toBe("Every day at 07:30, Asia/Tokyo");
  const nextAt = "2025-03-01T22:30:00.000Z";
  expect(nextWords({ nextAt, tz: "Asia/Tokyo" }, "UTC")).toEqual({
    own: "2 Mar 2025, 07:30 GMT+9",
    viewer: "1 Mar 2025, 22:30 UTC",
  });
  expect(nextWords({ nextAt, tz: "UTC" }, "UTC")?.viewer).toBeNull();
  expect(nextWords({ nextAt: null, tz: "UTC" }, "UTC")).toBeNull();
});

test("a table's address repeats lists and leaves out what is empty", () => {
  expect(tablePath("tenants", { search: "", status: ["active", "blocked"], server: undefined }, ["slug", "name"])).toBe(
    "/api/tenancy/reports/tables/tenants?status=active&status=blocked&columns=slug&columns=name",
  );
  expect(tablePath("roles", {})).toBe("/api/tenancy/reports/tables/roles");
});

test("a column moves by a place, and stays where there is none", () => {
  expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
});
