import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listItemsContract, listRunsContract, showRunContract } from "@/lib/bulk/contract";
import { liveWriter } from "./live-apply";

const [one, other] = ["0199aaaa-0000-7000-8000-000000000001", "0199aaaa-0000-7000-8000-000000000002"];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a run that is told of many times a second is read again once a second, with its items and the list", () => {
  const cache = new QueryClient();
  const asked = vi.spyOn(cache, "invalidateQueries");
  const { write } = liveWriter(cache);
  for (let ms = 0; ms < 3000; ms += 50) {
    write({ type: "bulk", runId: one });
    write({ type: "bulk", runId: other });
    vi.advanceTimersByTime(50);
  }
  const keys = asked.mock.calls.map(([filter]) => JSON.stringify(filter?.queryKey));
  const times = (key: unknown[]) => keys.filter((text) => text === JSON.stringify(key)).length;
  for (const id of [one, other]) {
    expect(times([showRunContract.id, id])).toBe(3);
    expect(times([listItemsContract.id, id])).toBe(3);
  }
  expect(times([listRunsContract.id])).toBe(3);
});
