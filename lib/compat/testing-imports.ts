import { randomBytes } from "node:crypto";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { systemClock } from "@/lib/kernel/clock";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { runSaga } from "@/lib/tenants/saga";
import { type ImportReport, type ImportWish, importRegistry } from "./import-registry";
import { importRegistryRows } from "./import-rows";

export const stanclColumns = ["id", "created_at", "updated_at", "data"];
export const domainColumns = ["id", "domain", "tenant_id", "created_at", "updated_at"];

/** For tests: a tenant's data as stancl/tenancy keeps them, with its database's own user. */
export const data = (more: object) => JSON.stringify({ tenancy_db_username: "u", tenancy_db_password: "p", ...more });

/** For tests: what became of each row, by its key. */
export const brief = ({ tenants }: ImportReport) =>
  Object.fromEntries(tenants.map(({ key, outcome, reason }) => [key, reason ?? outcome]));

/** For tests: an installation with a server on which another platform has databases. */
export class ImportSite {
  /** Part of every name that is made here, since the server is shared. */
  readonly tag = randomBytes(3).toString("hex");
  readonly #made: string[] = [];

  private constructor(readonly control: TestControl) {}

  static async open(): Promise<ImportSite> {
    return new ImportSite(await testControl());
  }

  async close(): Promise<void> {
    const { rows } = await this.control.sql("SELECT role FROM tenants WHERE adopted");
    for (const name of this.#made)
      await this.control.sql(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`, [], "postgres");
    for (const { role } of rows) await this.control.sql(`DROP ROLE IF EXISTS "${role}"`, [], "postgres");
    await this.control.close();
  }

  /** A database as another platform made it, with something in it. */
  async database(of: string): Promise<string> {
    const name = `tenant${of}_${this.tag}`;
    await this.control.sql(`CREATE DATABASE "${name}"`, [], "postgres");
    this.#made.push(name);
    await this.control.sql(`CREATE TABLE orders (n int); INSERT INTO orders VALUES (${of.length})`, [], name);
    return name;
  }

  async run(wish: Partial<ImportWish> & Pick<ImportWish, "source">): Promise<ImportReport> {
    const send: ImportWish["send"] = async (input) => await perform(importRegistryRows, as("admin"), input);
    return await importRegistry({ serverId: this.control.serverId, send, patienceMs: 0, ...wish });
  }

  /** The worker does what is left of every adoption. */
  async work(): Promise<void> {
    const rows = await controlDb().tenant.findMany({ where: { status: "provisioning" } });
    for (const { id } of rows) await runSaga(id, { clock: systemClock });
  }

  async ofKey(key: string) {
    return await controlDb().tenant.findFirst({
      where: { settings: { path: ["imported", "key"], equals: key }, deletedAt: null },
      include: { domains: { orderBy: { hostname: "asc" } } },
    });
  }
}
