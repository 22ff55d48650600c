import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { readMany } from "./many";
import { as } from "./testing";

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
});

afterAll(async () => {
  await control?.close();
});

test("three questions over many tenants are read at once, the others in turn, also after one failed", async () => {
  const going: ((fails: boolean) => void)[] = [];
  const asked = Array.from({ length: 5 }, () =>
    readMany(as("viewer"), async ({ db }) => {
      const [set] = await db.$queryRaw<{ jit: string }[]>`SELECT current_setting('jit') AS jit`;
      if (await new Promise<boolean>((resolve) => going.push(resolve))) throw new Error("wrong");
      return set?.jit;
    }),
  );
  const ends = Promise.allSettled(asked);
  await vi.waitFor(() => expect(going).toHaveLength(3), { timeout: 10_000 });
  going[0]?.(true);
  await vi.waitFor(() => expect(going).toHaveLength(4), { timeout: 10_000 });
  going[1]?.(false);
  await vi.waitFor(() => expect(going).toHaveLength(5), { timeout: 10_000 });
  for (const go of going.slice(2)) go(false);
  const found = (await ends).map((end) => (end.status === "fulfilled" ? end.value : "failed"));
  expect(found.sort()).toEqual(["failed", "off", "off", "off", "off"]);
});
