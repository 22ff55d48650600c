import type { RuntimeTenant } from "./tenant";

/** For tests: a tenant's record that leads nowhere. */
export function aTenant(fields: Partial<RuntimeTenant> = {}): RuntimeTenant {
  return {
    id: "0198f3a2-0000-7000-8000-000000000001",
    slug: "acme",
    name: "Acme",
    plan: "starter",
    status: "active",
    host: "127.0.0.1",
    port: 5432,
    tls: false,
    pooling: "none",
    database: "t_acme",
    role: "t_acme",
    secret: "sealed",
    nextSecret: null,
    maintenance: null,
    ...fields,
  };
}
