import { log } from "@/lib/platform/log";
import { begun, currentContext, runInContext, runInTenant } from "./context";
import type { RuntimeTenant } from "./tenant";

/**
 * Prepares something of a tenant's own for each context: a prefix for its cache keys, a folder, a mailer. What it
 * prepares belongs to that context alone, so nothing has to be put back for the next tenant.
 */
export type Bootstrapper<State = unknown> = {
  readonly name: string;
  /** Runs at the beginning of a context, in it. It may return a promise, which whoever asks for the state awaits. */
  enter: (tenant: RuntimeTenant) => State;
  /** Runs once the context's work is done, also when that failed. What it throws is logged. */
  leave?(state: State, tenant: RuntimeTenant): unknown;
};

/** Runs `work` for a tenant, with each bootstrapper's state prepared before and left, in reverse order, after it. */
export function runPrepared<Result>(
  bootstrappers: readonly Bootstrapper[],
  tenant: RuntimeTenant,
  work: () => Result,
): Result {
  if (bootstrappers.length === 0) return runInTenant(tenant, work);
  const states = new Map<object, unknown>();
  const leaveAll = () => leave(bootstrappers, states, tenant);
  return runInContext({ tenant, states }, () => {
    let result: Result;
    try {
      for (const bootstrapper of bootstrappers) states.set(bootstrapper, handled(bootstrapper.enter(tenant)));
      result = begun(work());
    } catch (error) {
      void leaveAll();
      throw error;
    }
    if (result instanceof Promise) return result.finally(leaveAll) as Result;
    void leaveAll();
    return result;
  });
}

/** What a bootstrapper prepared for the running code's context. Throws outside, and for one the runtime was not given. */
export function tenantState<State>(bootstrapper: Bootstrapper<State>): State {
  const { states } = currentContext();
  if (!states.has(bootstrapper)) throw new Error(`The runtime was not given the bootstrapper "${bootstrapper.name}".`);
  return states.get(bootstrapper) as State;
}

async function leave(
  bootstrappers: readonly Bootstrapper[],
  states: ReadonlyMap<object, unknown>,
  tenant: RuntimeTenant,
): Promise<void> {
  for (const bootstrapper of [...bootstrappers].reverse()) {
    if (!states.has(bootstrapper)) continue;
    try {
      await bootstrapper.leave?.(states.get(bootstrapper), tenant);
    } catch (error) {
      log().warn(
        { error: String(error), bootstrapper: bootstrapper.name, tenant: tenant.id },
        "leaving a tenant failed",
      );
    }
  }
}

/** A promise that nobody asks for must not end the process when it fails; who asks still sees the error. */
function handled(state: unknown): unknown {
  if (state instanceof Promise) state.catch(() => undefined);
  return state;
}
