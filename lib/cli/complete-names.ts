import type { Surroundings } from "./surroundings";

/** The names of a kind (tenant, server, run) that begin so; none where they can't be told quickly. */
export type Names = (kind: string, typed: string) => Promise<string[]>;

/** Milliseconds after which somebody who pressed the tab key has typed on. */
const patienceMs = 1500;

const most = 50;

const kinds: Record<string, "tenant" | "server" | "run"> = {
  ...{ tenant: "tenant", tenants: "tenant", slug: "tenant" },
  ...{ server: "server", run: "run", runs: "run" },
};

/** Asks the installation that the environment names: over the API, where an address and a key are given, else its database. */
export function namesFrom({ env }: Surroundings): Names {
  return async (kind, typed) => {
    const asked = kinds[kind];
    if (asked === undefined) return [];
    const { TENANTRY_URL: url, TENANTRY_API_KEY: key } = env;
    const late = new Promise<string[]>((resolve) => setTimeout(resolve, patienceMs, []).unref());
    const found = url !== undefined && key !== undefined ? overApi(url, key, asked, typed) : onHost(asked, typed);
    return await Promise.race([found.catch(() => []), late]);
  };
}

async function overApi(url: string, key: string, kind: "tenant" | "server" | "run", typed: string): Promise<string[]> {
  const { createClient } = await import("@/lib/sdk/client");
  const client = createClient({ url, key, retries: 0, signal: AbortSignal.timeout(patienceMs) });
  if (kind === "tenant") {
    const { tenants } = await client.send("tenants.list", { search: typed, sort: "name", pageSize: most });
    return tenants.map(({ slug }) => slug);
  }
  if (kind === "server") return (await client.send("servers.list", {})).servers.map(({ name }) => name);
  return (await client.send("bulk.list", {})).runs.map(({ id }) => id);
}

const questions = {
  tenant: "SELECT slug AS name FROM tenants WHERE deleted_at IS NULL AND starts_with(slug, $1) ORDER BY slug",
  server: "SELECT name FROM servers WHERE starts_with(name, $1) ORDER BY name",
  run: "SELECT id::text AS name FROM bulk_runs WHERE starts_with(id::text, $1) ORDER BY id DESC",
};

async function onHost(kind: keyof typeof questions, typed: string): Promise<string[]> {
  const { locateInstallation } = await import("./installation");
  const { default: pg } = await import("pg");
  const { url } = await locateInstallation();
  if (url === undefined) return [];
  const db = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000, query_timeout: 1000 });
  db.on("error", () => undefined);
  try {
    await db.connect();
    const { rows } = await db.query<{ name: string }>(`${questions[kind]} LIMIT ${most}`, [typed]);
    return rows.map(({ name }) => name);
  } finally {
    await db.end().catch(() => undefined);
  }
}
