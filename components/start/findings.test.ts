import { expect, test } from "vitest";
import type { ServerTick } from "@/lib/metrics/contract";
import type { ServerCheck } from "@/lib/servers/contract";
import { findingsOf } from "./findings";

const check: ServerCheck = {
  ...{ reachable: true, error: null, connectMs: 1, latencyMs: 0.3, version: "18.4", standby: false, tls: false },
  ...{ rights: [], extensions: [], systemId: "1", sameAs: [], notCompared: 0, checkedAt: "2026-01-01T00:00:00.000Z" },
};
const unknown = { memory: null, buffers: null, storage: null, requests: null, transactions: null, connections: null };
const tick: ServerTick = {
  ...{ id: "1", serverId: "018f0000-0000-7000-8000-000000000000", at: "2026-01-01T00:00:00.000Z", durationMs: 3 },
  ...{ ...unknown, cpu: null, cpuUnattributed: null, memoryUnattributed: null, cpuSource: null, memorySource: null },
};
const found = (one: ServerTick | undefined, what: string) =>
  findingsOf(check, one).find((finding) => finding.what === `${what} of each tenant:`);

test("a server whose processes are read says so before there is a tenant, also in the first round, which has no CPU yet", () => {
  for (const local of [
    { ...tick, memoryUnattributed: 12 },
    { ...tick, cpuUnattributed: 0, memoryUnattributed: 12 },
    { ...tick, cpuSource: "proc", memorySource: "statm" },
  ]) {
    expect(found(local, "CPU")).toMatchObject({ good: true, how: expect.stringContaining("/proc/<pid>/stat") });
    expect(found(local, "Memory")).toMatchObject({ good: true, how: expect.stringContaining("/proc/<pid>") });
  }
});

test("a server elsewhere says what stands in for CPU, and that memory is unknown", () => {
  expect(found({ ...tick, cpuSource: "active_time" }, "CPU")).toMatchObject({
    good: false,
    how: expect.stringContaining("pg_stat_database"),
  });
  expect(found(tick, "Memory")).toMatchObject({ good: false, how: expect.stringContaining("unknown") });
  expect(found(undefined, "CPU")?.how).toContain("not known yet");
});
