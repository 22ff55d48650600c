import { AsyncLocalStorage } from "node:async_hooks";
import type { RuntimeTenant } from "./tenant";

/** What code runs in: its tenant, and what bootstrappers prepared for it. */
export type Context = { readonly tenant: RuntimeTenant; readonly states: ReadonlyMap<object, unknown> };

/** Null inside `runOutsideTenant`. */
const storage = new AsyncLocalStorage<Context | null>();
const unprepared: ReadonlyMap<object, unknown> = new Map();

/** Runs `work` for a tenant: everything it starts, awaited or not, belongs to that tenant. Contexts nest. */
export function runInTenant<Result>(tenant: RuntimeTenant, work: () => Result): Result {
  return storage.run({ tenant, states: unprepared }, () => begun(work()));
}

/** The same with what bootstrappers prepared. */
export function runInContext<Result>(context: Context, work: () => Result): Result {
  return storage.run(context, () => begun(work()));
}

/** Runs `work` for no tenant, such as the platform's own code, from within a tenant's context. */
export function runOutsideTenant<Result>(work: () => Result): Result {
  return storage.run(null, () => begun(work()));
}

/**
 * Queries of ORMs look like promises and begin only when they are awaited, which may be outside, or in another tenant's
 * context: they begin here.
 */
export function begun<Result>(result: Result): Result {
  if (typeof result !== "object" || result === null || result instanceof Promise) return result;
  if (!("then" in result) || typeof result.then !== "function") return result;
  const { then } = result;
  return new Promise((resolve, reject) => void then.call(result, resolve, reject)) as Result;
}

/** The tenant of the running code. Throws outside `runInTenant`: there is no default tenant to fall into. */
export function currentTenant(): RuntimeTenant {
  return currentContext().tenant;
}

/** The tenant of the running code; null outside every context. */
export function tenantHere(): RuntimeTenant | null {
  return storage.getStore()?.tenant ?? null;
}

/** The context of the running code; throws where there is none. */
export function currentContext(): Context {
  const context = storage.getStore();
  if (!context) throw new Error("No tenant here: use runInTenant(tenant, …) around code that needs a tenant.");
  return context;
}

/**
 * A function that always runs for the tenant of the code that bound it, whoever calls it: for callbacks, such as those
 * of an event emitter, which otherwise run for the tenant of whoever emits.
 */
export function bindTenant<This, Arguments extends unknown[], Result>(
  work: (this: This, ...values: Arguments) => Result,
): (this: This, ...values: Arguments) => Result {
  const context = currentContext();
  return function bound(this: This, ...values: Arguments) {
    return storage.run(context, () => work.apply(this, values));
  };
}
