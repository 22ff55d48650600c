import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import type { TestControl } from "@/lib/platform/testing";
import { recordSchema } from "@/lib/tenants/schema-record";
import type { Action, ItemWork, Outcome, SchemaFound } from "./action";

/** For tests: what a server action gets for an item of a tenant, as the worker would make it. */
export async function testWork(
  control: TestControl,
  tenantId: string,
  more: Partial<ItemWork> = {},
): Promise<ItemWork> {
  const tenant = await controlDb().tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { server: true } });
  return {
    run: { id: newId(new Date()), position: 0 },
    tenant,
    server: control.access,
    attempt: 1,
    signal: new AbortController().signal,
    timeoutMs: 30_000,
    now: systemClock,
    by: "ada@example.com",
    remembered: null,
    remember: async () => undefined,
    log: () => undefined,
    tellSchema: (found) => told.set(tenantId, found),
    ...more,
  };
}

const told = new Map<string, SchemaFound>();

/** For tests: does a server action for one tenant, with its input parsed as the plan would. */
export async function act(action: Action, work: ItemWork, input: unknown = {}): Promise<Outcome> {
  if (action.where !== "server") throw new Error(`${action.name} is not done on servers.`);
  return await ending(work, action.run(work, action.input.parse(input)));
}

/** For tests: waits for an action and then writes down what it told of the schema, as the end of an item does. */
export async function ending(work: ItemWork, running: Promise<Outcome>): Promise<Outcome> {
  try {
    return await running;
  } finally {
    const found = told.get(work.tenant.id);
    told.delete(work.tenant.id);
    if (found) await recordSchema({ tenantId: work.tenant.id, at: work.now(), ...found });
  }
}
