import { setTimeout as delay } from "node:timers/promises";
import { AppError, problems } from "@/lib/kernel/errors";
import type { Runtime } from "./runtime";
import type { Stamped } from "./testing-postgres";

/** One request of the traffic: when it ended, how long it took, and its failure. */
export type Passed = { at: number; ms: number; failure: unknown };

/** Requests that go on until they are stopped. */
export type Traffic = {
  passed: Passed[];
  /** Waits until each worker was served without failure `times` times in a row, 20 seconds at most. */
  steady: (times: number) => Promise<void>;
  stop: () => Promise<void>;
};

/** Lets some workers ask tenants in turn, each request with its own row to check; a wrong row is a failure, too. */
export function traffic(runtime: Runtime, tenants: Stamped[], workers: number): Traffic {
  const passed: Passed[] = [];
  const inRow = Array.from({ length: workers }, () => 0);
  let stopped = false;
  const worker = async (number: number) => {
    for (let turn = number; !stopped; turn++) {
      const tenant = tenants[turn % tenants.length];
      const started = performance.now();
      const failure = tenant ? await ask(runtime, tenant).catch((error: unknown) => error) : undefined;
      const at = performance.now();
      passed.push({ at, ms: at - started, failure });
      inRow[number] = failure ? 0 : (inRow[number] ?? 0) + 1;
      await delay(2);
    }
  };
  const working = Promise.all(inRow.map((_, number) => worker(number)));
  const steady = async (times: number) => {
    inRow.fill(0);
    for (const from = performance.now(); inRow.some((row) => row < times); await delay(5)) {
      if (performance.now() - from > 20_000) throw new Error(`Not steady: ${String(passed.findLast(failed)?.failure)}`);
    }
  };
  const stop = async () => {
    stopped = true;
    await working;
  };
  return { passed, steady, stop };
}

async function ask(runtime: Runtime, tenant: Stamped): Promise<undefined> {
  const found = await runtime.resolve(`${tenant.slug}.localhost`);
  const { rows } = await runtime.runInTenant(found, () =>
    runtime.query<{ tenant: string }>("SELECT tenant FROM stamp"),
  );
  if (rows[0]?.tenant !== tenant.id) throw new Error(`wrong row: ${JSON.stringify(rows)} for ${tenant.id}`);
}

const failed = ({ failure }: Passed) => failure !== undefined;

export type Failures = {
  count: number;
  /** The longest that anybody waited for an error, in milliseconds. */
  longestMs: number;
  /** From `from` to the last error. */
  lastMs: number;
  kinds: Record<string, number>;
  /** Whether each was a 503 with words for people and the seconds to wait. */
  clear: boolean;
};

/** What failed after a moment, such as the server's being back for `lastMs`. */
export function failures(passed: Passed[], from: number): Failures {
  const all = passed.filter(failed);
  const kinds: Record<string, number> = {};
  for (const { failure } of all) {
    const kind = failure instanceof AppError ? failure.message.replace(/:\d+/, "") : `other: ${String(failure)}`;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return {
    count: all.length,
    longestMs: Math.round(Math.max(0, ...all.map(({ ms }) => ms))),
    lastMs: Math.round(Math.max(0, ...all.map(({ at }) => at - from))),
    kinds,
    clear: all.every(
      ({ failure }) => failure instanceof AppError && problems[failure.code].status === 503 && failure.retryAfter,
    ),
  };
}
