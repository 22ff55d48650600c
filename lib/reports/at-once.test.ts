import { afterAll, beforeAll, expect, test } from "vitest";
import { actorId } from "@/lib/gate/context";
import { as } from "@/lib/gate/testing";
import { closeSnapshots, openSnapshot, openSnapshots } from "@/lib/platform/snapshot";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { tableKinds } from "./tables";
import { downloadOf, fillTables, rowsOf } from "./testing-tables";

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
  await fillTables(control);
});
afterAll(async () => {
  await closeSnapshots();
  await control.close();
});

/** A context of one of several persons. */
const asker = (number: number) => {
  const ctx = as("analyst");
  return { ...ctx, actor: { ...ctx.actor, id: `00000000-0000-7000-8000-00000000001${number}` } };
};

/** A download whose reader stops amid the rows. */
async function stalled(number: number) {
  const { chunks } = await downloadOf(asker(number), "usage", { level: "hour" });
  await chunks.next();
  await chunks.next();
  return chunks;
}

test("a download is one of two of its asker, however many are asked for at once, and others get theirs", async () => {
  const eight = await Promise.allSettled(Array.from({ length: 8 }, () => stalled(1)));
  const [first, second] = eight.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  expect(eight.filter(({ status }) => status === "rejected").length).toBe(6);
  await expect(downloadOf(asker(1), "usage")).rejects.toMatchObject({
    ...{
      code: "unavailable",
      retryAfter: 30,
      message: expect.stringContaining("Two downloads of yours are running"),
    },
  });
  expect(openSnapshots()).toBe(2);
  expect((await rowsOf(asker(2), "usage", { level: "hour" })).length).toBe(160);
  expect((await rowsOf(as("system"), "usage", { level: "hour" })).length).toBe(160);
  await first?.return();
  expect((await rowsOf(asker(1), "usage", { level: "hour" })).length).toBe(160);
  const again = await stalled(1);
  await expect(stalled(1)).rejects.toMatchObject({ code: "unavailable" });
  await second?.return();
  await again.return();
  expect(openSnapshots()).toBe(0);
});

test("a download whose connection is lost, or whose asker goes while it waits for one, counts no longer", async () => {
  for (let time = 0; time < 3; time++) {
    const gone = new AbortController();
    const opening = openSnapshot(actorId(asker(3).actor) ?? "", gone.signal);
    gone.abort();
    await expect(opening).rejects.toThrow("abort");
    const chunks = await stalled(3);
    await control.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tenantry files'",
    );
    await expect.poll(openSnapshots).toBe(0);
    await chunks.return();
  }
  expect((await rowsOf(asker(3), "usage", { level: "hour" })).length).toBe(160);
  expect(openSnapshots()).toBe(0);
});

test("a download is one of six at once; a seventh is told to come again, and the six come to their end", async () => {
  const six = await Promise.all([1, 1, 2, 2, 3, 3].map((who) => downloadOf(asker(who), "usage", { level: "hour" })));
  await expect(downloadOf(asker(4), "usage")).rejects.toMatchObject({
    ...{ code: "unavailable", retryAfter: 30, message: expect.stringContaining("6 large files") },
  });
  for (const { chunks } of six) for await (const _ of chunks);
  expect(openSnapshots()).toBe(0);
}, 20_000);

test("a report in the background is made beside another of its asker, as a worker makes two at a time, and leaves others their downloads", async () => {
  const kind = tableKinds.find(({ name }) => name === "usage");
  const input = kind?.input.parse({ level: "hour" }) as never;
  const made = [1, 2].map(() => kind?.make(as("system"), input, () => undefined));
  for (const one of made) for (let chunk = 0; chunk < 2; chunk++) await one?.next();
  expect(openSnapshots()).toBe(2);
  expect((await rowsOf(asker(1), "usage", { level: "hour" })).length).toBe(160);
  for (const one of made) for await (const _ of one ?? []);
  expect(openSnapshots()).toBe(0);
});
