import { expect, test } from "vitest";
import { doesWords, lastedWords, waitWords } from "./words";

test("times are told in the unit that suits them", () => {
  expect([0.00042, 0.25, 1.26, 12, 185, 7800].map(lastedWords)).toEqual([
    ...["0.42 ms", "250 ms", "1.3 s", "12 s", "3 min 5 s", "2 h 10 min"],
  ]);
});

test("a session is told by what it does and what keeps it", () => {
  expect(doesWords({ state: "active", kind: "client backend", seconds: 12 })).toBe("Runs for 12 s");
  expect(doesWords({ state: "idle in transaction", kind: "client backend", seconds: 61 })).toBe(
    "Idle in transaction for 1 min 1 s",
  );
  expect(doesWords({ state: "unknown", kind: "autovacuum worker", seconds: null })).toBe("Autovacuum worker");
  const waits = { state: "active", waitsFor: "Lock: transactionid", blockedBy: [7] };
  expect(waitWords(waits)).toBe("waits for a lock of pid 7");
  expect(waitWords({ ...waits, blockedBy: [], waitsFor: "IO: DataFileRead" })).toBe("waits: IO: DataFileRead");
  expect(waitWords({ ...waits, blockedBy: [], waitsFor: null })).toBeNull();
});
