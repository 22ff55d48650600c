import { currentTenant } from "./context";

/** A job's data with its tenant's id: plain JSON, for any queue. */
export type TenantJob<Data> = { readonly tenantId: string; readonly data: Data };

/** Wraps a job's data with the id of the running code's tenant. Throws where there is none. */
export function packJob<Data>(data: Data): TenantJob<Data> {
  return { tenantId: currentTenant().id, data };
}

type RunInTenantById = <Result>(id: string, work: () => Result | Promise<Result>) => Promise<Result>;

/** Runs a job for the tenant that packed it. */
export async function runJob<Data, Result>(
  runInTenantById: RunInTenantById,
  { tenantId, data }: TenantJob<Data>,
  work: (data: Data) => Result | Promise<Result>,
): Promise<Result> {
  return await runInTenantById(tenantId, () => work(data));
}
