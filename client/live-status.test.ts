import { expect, test } from "vitest";
import { liveStatus } from "./live-status";

const open = { phase: "open", since: 0, lastTickAt: null, refusal: null } as const;

test("it is live while ticks arrive, and stale ten seconds after the last one", () => {
  expect(liveStatus({ ...open, lastTickAt: 50_000 }, 55_000)).toEqual({ kind: "live" });
  expect(liveStatus({ ...open, lastTickAt: 50_000 }, 61_000)).toEqual({ kind: "stale", since: 50_000 });
});

test("a lost connection is said at once, and an open one without measurements is not called live", () => {
  expect(liveStatus({ phase: "lost", since: 51_000, lastTickAt: 50_000, refusal: null }, 52_000)).toEqual({
    kind: "reconnecting",
  });
  expect(liveStatus({ ...open, since: 50_000 }, 52_000)).toEqual({ kind: "connecting" });
  expect(liveStatus({ ...open, since: 50_000 }, 62_000)).toEqual({ kind: "stale", since: null });
});

test("a stream that the server refuses is told in its words, however long nothing was measured", () => {
  const refusal = "Your session has 20 live streams open, the limit. Close one first.";
  expect(liveStatus({ ...open, phase: "lost", refusal }, 90_000)).toEqual({ kind: "refused", why: refusal });
});
