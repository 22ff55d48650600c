import { withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { enforceStatus } from "@/lib/tenants/enforce";
import type { TenantStatus } from "@/lib/tenants/shapes";
import { makeShop, openShop } from "@/sample/testing-shop";
import type { Outcome } from "../action";
import { contentsOf } from "../testing-load";
import { act, testWork } from "../testing-work";
import { reset } from "./reset";

/** For tests of what makes databases anew: a server, and one shop after another with a table of its own. */
export class ResetSite {
  #made = 0;

  private constructor(readonly control: TestControl) {}

  static async open(): Promise<ResetSite> {
    return new ResetSite(await testControl());
  }

  /** A shop of the sample app with a table "notes", which a new database has not. */
  async shop(): Promise<TestTenant> {
    const tenant = await makeShop(this.control, `reset-${this.#made++}`);
    await this.as(tenant, (client) => client.query("CREATE TABLE notes AS SELECT 'kept' AS text"));
    return tenant;
  }

  async as<T>(tenant: TestTenant, use: (client: Awaited<ReturnType<typeof openShop>>) => Promise<T>): Promise<T> {
    const client = await openShop(this.control, tenant);
    return await use(client).finally(() => client.end());
  }

  async contents(tenant: TestTenant): Promise<Record<string, unknown>> {
    return await this.as(tenant, contentsOf);
  }

  async one(text: string, values: unknown[] = []) {
    return (await this.control.sql(text, values, "postgres")).rows[0];
  }

  async idOf(name: string): Promise<unknown> {
    return (await this.one("SELECT oid FROM pg_database WHERE datname = $1", [name]))?.oid;
  }

  /** What of the tenant's databases there is on the server, by name. */
  async databases({ database }: TestTenant): Promise<string[]> {
    const { rows } = await this.control.sql("SELECT datname FROM pg_database WHERE datname LIKE $1 ORDER BY 1", [
      `${database}%`,
    ]);
    return rows.map(({ datname }) => datname);
  }

  async setStatus(tenant: TestTenant, status: TenantStatus): Promise<void> {
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { status } });
    await withAdmin(this.control.access, (admin) => enforceStatus(admin, { ...tenant, adopted: false }, status));
  }

  async reset(tenant: TestTenant, input: unknown = {}): Promise<Outcome> {
    return await act(reset, await testWork(this.control, tenant.id), input);
  }
}
