import { AsyncLocalStorage } from "node:async_hooks";
import type { RuntimeTenant } from "./tenant";

const storage = new AsyncLocalStorage<RuntimeTenant>();

/** Runs `work` for a tenant: everything it starts, awaited or not, belongs to that tenant. Contexts nest. */
export function runInTenant<Result>(tenant: RuntimeTenant, work: () => Result): Result {
  return storage.run(tenant, work);
}

/** The tenant of the running code. Throws outside `runInTenant`: there is no default tenant to fall into. */
export function currentTenant(): RuntimeTenant {
  const tenant = storage.getStore();
  if (!tenant) throw new Error("No tenant here: use runInTenant(tenant, …) around code that needs a tenant.");
  return tenant;
}
