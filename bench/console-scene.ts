import { type ChildProcess, fork, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeRun } from "@/lib/bulk/testing-runs";
import { newId } from "@/lib/kernel/ids";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { freePort } from "@/lib/platform/free-port";
import { controlDb } from "@/lib/platform/prisma";
import { makeTenants, type OwnPostgres, ownPostgres, withRoles } from "./own-postgres";

/** An installation of the bench's own: real tenant databases with roles, a worker that measures them, and the built product. */
export type Scene = {
  origin: string;
  /** What a signed-in owner's browser sends. */
  cookie: { name: string; value: string };
  tenant: string;
  run: string;
  /** Fills the registry up to so many tenants: rows of a server that is not measured. */
  fill: (rows: number) => Promise<void>;
  stop: () => Promise<void>;
};

/** Makes `count` tenants and starts everything; `folder` holds the built product. */
export async function makeScene(count: number, folder: string): Promise<Scene> {
  const own = await ownPostgres(["shared_buffers=256MB"]);
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children) child.kill("SIGTERM");
    await controlDb().$disconnect();
    await own.stop();
  };
  try {
    const tenants = await withRoles(own, await makeTenants(own, count));
    await own.sql(
      `UPDATE tenants SET name = 'Tenant ' || initcap(replace(slug, '-', ' ')), plan = (ARRAY['starter', 'business', 'enterprise'])[1 + abs(hashtext(slug)) % 3],
              created_at = now() - abs(hashtext(slug)) % 400 * interval '1 day'`,
    );
    const cookie = { name: "next-auth.session-token", value: await ownersSession(own) };
    const run = await makeRun(tenants, { action: "migrate" });
    await own.sql("UPDATE bulk_items SET status = 'done', started_at = now(), finished_at = now() WHERE run_id = $1", [
      run,
    ]);
    await own.sql("UPDATE bulk_runs SET status = 'finished', finished_at = now() WHERE id = $1", [run]);
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const web = startWeb(folder, port, origin);
    children.push(startLoad(own, count), startWorker(), web);
    await answered(origin, cookie, web);
    return { origin, cookie, tenant: tenants[0]?.id ?? "", run, fill: (rows) => fill(own, rows), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ownersSession({ sql }: OwnPostgres): Promise<string> {
  const user = newId(new Date());
  await sql(
    "INSERT INTO users (id, email, name, role, password_hash, totp_confirmed_at) VALUES ($1, 'bench@example.com', 'Bench', 'owner', '', now())",
    [user],
  );
  const token = randomToken();
  await sql(
    `INSERT INTO sessions (id, user_id, token_hash, second_factor_at, expires_at)
     VALUES ($1, $2, $3, now(), now() + interval '1 day')`,
    [newId(new Date()), user, sha256(token)],
  );
  return token;
}

/** Tenants that nobody measures, with figures as the last round left them, on a server that is out of reach. */
async function fill({ sql }: OwnPostgres, rows: number): Promise<void> {
  const server = newId(new Date());
  await sql(
    `INSERT INTO servers (id, name, region, host, port, admin_user, removed_at)
     VALUES ($1, 'registry-only', 'local', '127.0.0.1', 1, 'nobody', now())`,
    [server],
  );
  await sql(
    `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, created_at, updated_at)
     SELECT gen_random_uuid(), 'filled-' || n, 'Filled tenant ' || n, 'inactive', (ARRAY['starter', 'business', 'enterprise'])[1 + n % 3],
            'local', $1, 'filled_' || n, 'none', '', now() - n % 900 * interval '1 day', now()
       FROM generate_series(1, $2::int - (SELECT count(*)::int FROM tenants)) AS n`,
    [server, rows],
  );
  await sql(
    `INSERT INTO tenant_usage_latest (tenant_id, tick_id, changed_at, cpu, storage, connections, transactions, latency)
     SELECT id, 0, now() - interval '1 day', 0, random() * 1000, 0, 0, null FROM tenants WHERE server_id = $1`,
    [server],
  );
  await sql("ANALYZE tenants, tenant_usage_latest");
}

function startLoad({ url }: OwnPostgres, count: number): ChildProcess {
  const file = join(import.meta.dirname, "light-load.ts");
  return fork(file, [url("{database}"), String(Math.min(20, count)), "5"], { execArgv: ["--import", "tsx"] });
}

function startWorker(): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], {
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

function startWeb(folder: string, port: number, origin: string): ChildProcess {
  return spawn(process.execPath, ["scripts/web.mjs", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "production", TENANTRY_URL: origin, NEXTAUTH_URL: origin },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function answered(origin: string, { name, value }: Scene["cookie"], web: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 180; waited++) {
    if (web.exitCode !== null) throw new Error("The web server did not start.");
    const headers = { cookie: `${name}=${value}` };
    const response = await fetch(`${origin}/api/tenancy/overview`, { headers }).catch(() => undefined);
    if (response?.ok && (await response.json()).measuredAt !== null) return;
    await delay(1000);
  }
  throw new Error("The web server did not answer with measured figures within three minutes.");
}
