import pg from "pg";
import { env } from "@/lib/platform/env";
import { defaultHost } from "@/lib/tenants/rules";
import { tenantQuestion, tenantsTarget } from "./tenants-target";

/** What is measured on the host itself, beside the operations. `close` ends every connection of it. */
export type HostMeasures = {
  measures: { name: string; how: string; work: () => Promise<unknown> }[];
  close: () => Promise<void>;
};

/** The control database, and what the runtime does for an app, on these active tenants in turn. */
export async function runtimeMeasures(tenants: readonly { id: string; slug: string }[]): Promise<HostMeasures> {
  const control = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "tenantry test-performance",
  });
  control.on("error", () => undefined);
  await control.connect();
  const { runtime, close } = tenantsTarget(tenants, "test-performance", Math.max(4, tenants.length));
  let turn = 0;
  const one = () => tenants[turn++ % tenants.length] ?? { id: "", slug: "" };
  const among = tenants.length === 1 ? "one tenant" : `${tenants.length} tenants in turn`;
  const kept = "over a connection that is kept";
  const ofTenants = [
    {
      name: "runtime: whose host",
      how: `from a Host header to the tenant, ${among}, from memory after the first.`,
      work: () => runtime.resolve(defaultHost(one().slug, env().TENANTRY_APP_DOMAIN)),
    },
    {
      name: "runtime: checkout",
      how: `a connection of the bounded pool is lent and given back clean, ${among}; no statement of one's own.`,
      work: () => runtime.runInTenantById(one().id, () => runtime.withClient(async () => undefined)),
    },
    {
      name: "tenants: a query",
      how: `${tenantQuestion}, through the runtime, ${among}, ${kept}.`,
      work: () => runtime.runInTenantById(one().id, () => runtime.query(tenantQuestion)),
    },
  ];
  return {
    measures: [
      { name: "control database", how: `SELECT 1, ${kept}.`, work: () => control.query("SELECT 1") },
      ...(tenants.length > 0 ? ofTenants : []),
    ],
    close: async () => {
      await close();
      await control.end();
    },
  };
}
