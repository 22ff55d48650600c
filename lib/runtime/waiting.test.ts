import { expect, test } from "vitest";
import { TenantPool } from "./tenant-pool";
import { poolsForTests } from "./testing-pools";
import { WaitingLine } from "./waiting";

const { nth } = poolsForTests(3);

const limits = { waitMs: 20_000, mostWaiting: 100, mostWaitingPerTenant: 100 };

/** Lets tenants wait in this order, then offers so many connections one by one; in which order they were served. */
async function served(waiting: readonly number[], offers: number): Promise<number[]> {
  const line = new WaitingLine(limits);
  const pools = [0, 1, 2].map((n) => new TenantPool(nth(n)));
  const order: number[] = [];
  const poolOf = (n: number) => pools[n] ?? new TenantPool(nth(n));
  const all = waiting.map((n) =>
    line
      .join(poolOf(n), () => undefined)
      .then(
        () => order.push(n),
        () => undefined,
      ),
  );
  for (let left = offers; left > 0; left--) {
    let one = 1;
    line.serve(() => (one-- > 0 ? "open" : undefined));
  }
  line.dismiss("This is the end.");
  await Promise.all(all);
  expect(line.length).toBe(0);
  return order;
}

test("tenants take turns, however many of one's requests came first", async () => {
  expect(await served([0, 0, 0, 1, 2], 5)).toEqual([0, 1, 2, 0, 0]);
  expect(await served([2, 1, 1, 0, 2, 1], 6)).toEqual([2, 1, 0, 2, 1, 1]);
});

test("who is behind in the line keeps its place while there is too little for all", async () => {
  expect(await served([0, 0, 0, 0, 1], 2)).toEqual([0, 1]);
  expect(await served([1, 1, 0, 2], 3)).toEqual([1, 0, 2]);
});
