import { z } from "zod";
import { everything } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import type { Asker } from "./asker";
import type { AnyKind, Kind } from "./kind";
import { queueReport } from "./queue-report";

/** For tests: the host's administrator, who may everything. */
export const host: Asker = { name: "the host", kind: "system", id: null, scope: everything };

/** For tests: a kind that is made as told. */
export function kindThat(make: Kind["make"], more: Partial<Kind> = {}): AnyKind {
  return {
    ...{ name: "told", format: "csv", words: "What a test tells", access: "tenants:read", scoped: true },
    input: z.object({ from: z.string().optional(), to: z.string().optional() }),
    title: () => "As told",
    make,
    ...more,
  };
}

/** For tests: a report of a kind that waits to be made. Returns its id. */
export async function waitingReport(kind: AnyKind, now: Date, asker: Asker = host): Promise<string> {
  const { id } = await queueReport(controlDb(), { kind, input: {}, title: "As told", asker }, now);
  return id;
}
