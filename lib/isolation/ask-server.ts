import type pg from "pg";
import { clientConfig, connect, type ServerAccess } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { askedTenant } from "@/lib/tenants/isolation";
import { mark } from "@/lib/tenants/steps";
import { type Reads, reads, serverQuestion } from "./server-rules";

export type Found = { tenant: string | null; rule: string; subject: string; words: string; mend: string | null };

/** What one look at a server told. */
export type Look = {
  tenants: number;
  roles: number;
  pairs: number;
  tookMs: number;
  above: { role: string; why: string }[];
  found: Found[];
  /** Tenants that changed meanwhile: nothing is said of them. */
  moved: Set<string>;
};

/** More findings than anybody reads; of each tenant and rule one is told beyond them, and the rest as a number. */
const mostFindings = 5000;

type Counts = { databases: number; roles: number; above: Look["above"] };

/** Where nothing is wrong there is one row, with the counts alone. */
type Row = Counts & ((Found & { mark: string | null }) | { rule: null });

/** Asks a server about all of its tenants, from one connection. Throws `unavailable` when it does not answer. */
export async function askServer(serverId: string, access: ServerAccess): Promise<Look> {
  const before = await registered(serverId);
  const asked = [...before.values()].filter(({ status }) => status !== "provisioning" && status !== "deleting");
  const client = await connect({ ...clientConfig(access), application_name: "tenantry-isolation" });
  try {
    const began = performance.now();
    const rows = await ask(client, JSON.stringify(asked.map(askedTenant)), [...before.keys()].map(mark));
    const tookMs = performance.now() - began;
    return { ...counts(rows), tenants: asked.length, tookMs, ...(await stillTrue(serverId, before, rows)) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ask(client: pg.Client, tenants: string, marks: string[]): Promise<Row[]> {
  // Compiling the question would cost more than it takes.
  await client.query("SET jit = off");
  const { rows } = await client.query<Reads>(reads);
  const question = serverQuestion(rows[0] ?? { hba: false, parameters: false });
  return (await client.query<Row>(question, [tenants, marks, mostFindings])).rows;
}

function counts(rows: Row[]): Pick<Look, "roles" | "pairs" | "above"> {
  const { databases = 0, roles = 0, above = [] } = rows[0] ?? {};
  return { roles, pairs: databases * roles, above };
}

type Registered = Awaited<ReturnType<typeof registered>>;

async function registered(serverId: string) {
  const rows = await controlDb().tenant.findMany({
    where: { serverId, deletedAt: null },
    select: { id: true, database: true, role: true, adopted: true, status: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Leaves out what the registry no longer says, or says since: a tenant made meanwhile is no orphan. */
async function stillTrue(serverId: string, before: Registered, rows: Row[]): Promise<Pick<Look, "found" | "moved">> {
  const after = await registered(serverId);
  const same = (id: string) => JSON.stringify(before.get(id)) === JSON.stringify(after.get(id));
  const moved = new Set([...before.keys(), ...after.keys()].filter((id) => !same(id)));
  const made = new Set([...after.keys()].map(mark));
  const found = rows.flatMap((row) => {
    if (row.rule === null) return [];
    const { tenant, rule, subject, words, mend } = row;
    const passed = (tenant !== null && moved.has(tenant)) || (row.mark !== null && made.has(row.mark));
    return passed ? [] : [{ tenant, rule, subject, words, mend }];
  });
  return { found, moved };
}
