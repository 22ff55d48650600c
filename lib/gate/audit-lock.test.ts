import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { recordAudit } from "./audit";
import { operation, perform } from "./operation";
import { as } from "./testing";

let control: TestControl;
let holder: pg.Client;
beforeAll(async () => {
  control = await testControl();
  holder = new pg.Client({ connectionString: control.url });
  await holder.connect();
});
afterAll(async () => {
  await holder.end();
  await control.close();
});
beforeEach(async () => {
  await holder.query("ROLLBACK");
});

const hold = () => holder.query("BEGIN; SELECT * FROM audit_head WHERE id = 1 FOR UPDATE");
const region = async () => (await controlDb().server.findFirstOrThrow()).region;

const move = operation(
  contract({
    ...{ id: "things.move", method: "POST", path: "/api/tenancy/things", summary: "Move a thing." },
    ...{ access: "tenants:update", scoped: true, input: z.object({}), output: z.object({ done: z.boolean() }) },
  }),
  async ({ db }) => {
    await db.server.updateMany({ data: { region: "elsewhere" } });
    return { done: true };
  },
);

/** It holds nothing itself for which others would wait. */
const leave = operation(move.contract, async () => ({ done: true }));

async function refusalOf(who: "admin" | "viewer", op = move): Promise<{ error: AppError; seconds: number }> {
  const since = performance.now();
  const error: unknown = await perform(op, as(who), {}).catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw error;
  return { error, seconds: (performance.now() - since) / 1000 };
}

test("while another process holds the trail, a change is undone and told, and reads go on", async () => {
  await hold();
  const change = refusalOf("admin");
  expect(await region()).toBe("local");
  const { error, seconds } = await change;
  expect(error).toMatchObject({ code: "unavailable", retryAfter: 5 });
  expect(error.message).toMatch(/^The audit trail is busy/);
  expect(seconds).toBeLessThan(8);
  expect(await region()).toBe("local");
});

test("once it is known that the trail is held, a crowd that wants to write takes no connections from reads", async () => {
  await hold();
  await refusalOf("admin");
  const since = performance.now();
  const crowd = Array.from({ length: 40 }, () => refusalOf("admin", leave));
  expect(await region()).toBe("local");
  for (const { error } of await Promise.all(crowd)) expect(error.code).toBe("unavailable");
  expect((performance.now() - since) / 1000).toBeLessThan(5);
});

test("while another process holds the trail, who is refused is told so, and the log has it", async () => {
  const failed = vi.spyOn(log(), "error");
  await hold();
  const { error, seconds } = await refusalOf("viewer");
  expect(error.code).toBe("forbidden");
  expect(seconds).toBeLessThan(8);
  expect(failed).toHaveBeenCalledWith(
    expect.objectContaining({ operation: "things.move", actor: "viewer@example.com", reason: error.message }),
    "a refusal is missing in the audit trail",
  );
});

test("what follows in a transaction waits for locks as long as it did before", async () => {
  const shown = await controlDb().$transaction(async (db) => {
    await db.$executeRaw`SET LOCAL lock_timeout = '17s'`;
    await recordAudit(as("admin", { db }), { operation: "things.move", outcome: "done" });
    return await db.$queryRaw`SHOW lock_timeout`;
  });
  expect(shown).toEqual([{ lock_timeout: "17s" }]);
});
