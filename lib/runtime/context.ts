import { AsyncLocalStorage } from "node:async_hooks";
import type { RuntimeTenant } from "./tenant";

/** What code runs in; null inside `runOutsideTenant`. */
const storage = new AsyncLocalStorage<RuntimeTenant | null>();

/** Runs `work` for a tenant: everything it starts, awaited or not, belongs to that tenant. Contexts nest. */
export function runInTenant<Result>(tenant: RuntimeTenant, work: () => Result): Result {
  return storage.run(tenant, work);
}

/** Runs `work` for no tenant, such as the platform's own code, from within a tenant's context. */
export function runOutsideTenant<Result>(work: () => Result): Result {
  return storage.run(null, work);
}

/** The tenant of the running code. Throws outside `runInTenant`: there is no default tenant to fall into. */
export function currentTenant(): RuntimeTenant {
  const tenant = storage.getStore();
  if (!tenant) throw new Error("No tenant here: use runInTenant(tenant, …) around code that needs a tenant.");
  return tenant;
}

/**
 * A function that always runs for the tenant of the code that bound it, whoever calls it: for callbacks, such as those
 * of an event emitter, which otherwise run for the tenant of whoever emits.
 */
export function bindTenant<This, Arguments extends unknown[], Result>(
  work: (this: This, ...values: Arguments) => Result,
): (this: This, ...values: Arguments) => Result {
  const tenant = currentTenant();
  return function bound(this: This, ...values: Arguments) {
    return storage.run(tenant, () => work.apply(this, values));
  };
}
