import { AppError } from "@/lib/kernel/errors";
import type { SourceRow } from "../dump/read-dump";

/** What the tables are named in the registry that is read, and the database or schema they are in, where there are several. */
export type TableNames = { tenants: string; domains: string; schema?: string };

/** A row of the tenants' table with the domains that name it. */
export type Gathered = { row: SourceRow; domains: { domain: string; createdAt: string | null }[] };

/** Gathers tenants and their domains, in whichever order their rows come: only these are held in memory. */
export class Registry {
  private readonly tenants: SourceRow[] = [];
  private readonly domains = new Map<string, Gathered["domains"]>();
  private readonly schemas = new Set<string | null>();
  /** Domains whose row can't be read or names no tenant. */
  strayDomains = 0;

  constructor(private readonly names: TableNames) {}

  /** The tables to ask for. */
  get tables(): ReadonlySet<string> {
    return new Set([this.names.tenants, this.names.domains]);
  }

  add(row: SourceRow): void {
    if (this.names.schema !== undefined && row.schema !== this.names.schema) return;
    this.schemas.add(row.schema);
    if (row.table === this.names.tenants) this.tenants.push(row);
    else this.addDomain(row);
  }

  private addDomain({ values }: SourceRow): void {
    const { domain, tenant_id: tenant, created_at: createdAt } = values;
    if (!domain || !tenant) {
      this.strayDomains++;
      return;
    }
    const known = this.domains.get(tenant) ?? [];
    if (!known.some((one) => one.domain === domain)) known.push({ domain, createdAt: createdAt ?? null });
    this.domains.set(tenant, known);
  }

  /** All tenants with their domains. Throws `invalid` when there are none, or those of several databases. */
  whole(): Gathered[] {
    const { tenants, schema } = this.names;
    if (this.schemas.size > 1) {
      const names = [...this.schemas].map((one) => one ?? "without a name").join(", ");
      throw new AppError(
        "invalid",
        `There are tables named ${tenants} in several databases: ${names}. Say which is meant.`,
      );
    }
    if (this.tenants.length === 0) {
      const where = schema === undefined ? "" : ` in ${schema}`;
      throw new AppError(
        "invalid",
        `There are no rows of a table named ${tenants}${where}. If it has another name, say which.`,
      );
    }
    const used = new Set<string>();
    const all = this.tenants.map((row) => {
      const ids = [...new Set([row.values.id, row.values.uuid].filter((one) => typeof one === "string"))];
      for (const id of ids) used.add(id);
      return { row, domains: ids.flatMap((id) => this.domains.get(id) ?? []) };
    });
    this.strayDomains += [...this.domains.entries()].reduce(
      (sum, [id, one]) => sum + (used.has(id) ? 0 : one.length),
      0,
    );
    return all;
  }
}
