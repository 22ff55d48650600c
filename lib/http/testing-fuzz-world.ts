import { createHash } from "node:crypto";
import pg from "pg";
import { hashPassword } from "@/lib/accounts/password";
import { openSession } from "@/lib/accounts/sessions";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { type Permission, permissions } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { keyHeader } from "./testing-door";

/** Who asks, by their place in `World.callers`. */
export const who = { program: 0, someTenantsProgram: 1, person: 2, nobody: 3 } as const;

/** What the fuzzer asks about: an installation with two real tenants, and those who ask. */
export type World = {
  control: TestControl;
  /** A connection to the control database that no answer depends on. */
  client: pg.Client;
  tenants: TestTenant[];
  /** The headers of each of `who`. */
  callers: Record<string, string>[];
  /** Ids of the keys that ask, the unbounded one first. */
  keyIds: string[];
  personId: string;
  password: string;
  /** What no answer may hold. */
  secrets: string[];
  /** The headers of callers that are refused: keys that ended, and one or a person without this permission. */
  refused: { expired: Record<string, string>; revoked: Record<string, string> };
  without(permission: string): Promise<{ key: Record<string, string>; person: Record<string, string> }>;
  /** Ids of things that are there, by the noun before them in a path or by the field that names them. */
  pool: Record<string, () => unknown[]>;
  findKept(): Promise<void>;
  signIn(): Promise<string>;
  prove(digest: string): Promise<void>;
  letCallersIn(): Promise<void>;
  close(): Promise<void>;
};

const ownEmails = ["owner@fuzz.example", "lacking@fuzz.example"];

/** Where the ids after a noun are kept; the callers' own stay what they are. */
const kept: Record<string, string> = {
  users: "SELECT id FROM users WHERE email NOT LIKE '%@fuzz.example'",
  keys: "SELECT id FROM api_keys WHERE name NOT IN ('fuzz all', 'fuzz tag', 'test')",
  domains: "SELECT id FROM domains",
  filters: "SELECT id FROM saved_filters",
  invitations: "SELECT id FROM invitations",
  "ip-rules": "SELECT id FROM ip_rules",
  roles: "SELECT name AS id FROM custom_roles WHERE name <> 'lacking'",
  "bulk-runs": "SELECT id FROM bulk_runs ORDER BY id DESC LIMIT 8",
  support: "SELECT id FROM support_access",
  "report-schedules": "SELECT id FROM report_schedules",
  sessions: "SELECT id FROM sessions WHERE user_id IN (SELECT id FROM users WHERE email <> 'lacking@fuzz.example')",
  audit: "SELECT id::text AS id FROM audit_events ORDER BY id LIMIT 5",
  items: "SELECT DISTINCT position AS id FROM bulk_items LIMIT 8",
};

/** Makes the world; call it in `beforeAll`, and its `close` in `afterAll`. */
export async function fuzzWorld(): Promise<World> {
  const control = await testControl();
  const client = new pg.Client({ connectionString: control.url });
  await client.connect();
  const tenants = [await control.makeTenant("fuzz-one"), await control.makeTenant("fuzz-two")];
  await client.query("UPDATE tenants SET tags = '{fuzz}' WHERE id = $1", [tenants[1]?.id]);
  const password = "planted-9f8e7d6c5b4a-password";
  const [personId, lackingId] = [await makePerson(ownEmails[0] ?? "", "owner", password), newId(new Date())];
  await makePerson(ownEmails[1] ?? "", "lacking", password, lackingId);
  const [all, some] = [await makeKey("fuzz all", everything), await makeKey("fuzz tag", tagged)];
  const expired = await keyHeader();
  await client.query("UPDATE api_keys SET expires_at = '2020-01-01' WHERE name = 'test'");
  const revoked = await keyHeader();
  await client.query(
    "UPDATE api_keys SET revoked_at = now() WHERE name = 'test' AND expires_at IS DISTINCT FROM '2020-01-01'",
  );
  const callers: Record<string, string>[] = [
    { authorization: `Bearer ${all.secret}` },
    { "x-api-key": some.secret },
    {},
    {},
  ];
  let tokenHash = "";
  const pool = poolOf(control, tenants);

  const world: World = {
    ...{ control, client, tenants, callers, personId, password, pool, secrets: [] },
    keyIds: [all.id, some.id],
    refused: { expired, revoked },
    without: async (permission) => {
      const rest = permissions.filter((one) => one !== permission);
      await client.query(
        `INSERT INTO custom_roles (name, permissions) VALUES ('lacking', $1)
         ON CONFLICT (name) DO UPDATE SET permissions = excluded.permissions`,
        [rest],
      );
      const token = await sessionOf(lackingId);
      return { key: await keyHeader(rest), person: cookie(token) };
    },
    findKept: async () => {
      for (const [noun, text] of Object.entries(kept)) {
        const { rows } = await client.query<{ id: unknown }>(text);
        pool[noun] = () => rows.map(({ id }) => id);
      }
    },
    signIn: async () => {
      const token = await sessionOf(personId);
      tokenHash = createHash("sha256").update(token).digest("hex");
      callers[who.person] = cookie(token);
      return token;
    },
    prove: async (digest) => {
      await client.query(
        `INSERT INTO step_ups (id, user_id, session_id, digest, expires_at)
         SELECT gen_random_uuid(), user_id, id, $1, now() + interval '1 minute' FROM sessions WHERE token_hash = $2`,
        [digest, tokenHash],
      );
    },
    // Undoes what would keep the callers themselves out from here on.
    letCallersIn: async () => {
      await client.query("DELETE FROM ip_rules");
      await client.query(
        "UPDATE tenants SET status = 'active', status_before = NULL, purge_after = NULL WHERE slug LIKE 'fuzz-%'",
      );
      await client.query("UPDATE api_keys SET revoked_at = NULL WHERE id = ANY($1)", [world.keyIds]);
      await client.query("UPDATE users SET deactivated_at = NULL, role = 'owner' WHERE id = $1", [personId]);
    },
    close: async () => {
      stopLive();
      await stopCounting();
      await client.end();
      await control.close();
    },
  };
  const token = await world.signIn();
  world.secrets = await secretsOf(world, [token, all.secret, some.secret]);
  return world;
}

const tagged: Scope = { kind: "tag", values: ["fuzz"] };
const cookie = (token: string) => ({ cookie: `next-auth.session-token=${token}` });

async function makePerson(email: string, role: string, password: string, id = newId(new Date())): Promise<string> {
  const passwordHash = await hashPassword(password);
  await controlDb().user.create({ data: { id, email, name: role, role, passwordHash, totpConfirmedAt: new Date() } });
  return id;
}

async function makeKey(name: string, scope: Scope): Promise<{ id: string; secret: string }> {
  const first: Permission[] = ["tenants:read"];
  const input = { name, permissions: first, scope, rateLimit: 1_000_000 };
  const { key, secret } = await perform(createKey, as("system"), input);
  await controlDb().apiKey.update({ where: { id: key.id }, data: { permissions: [...permissions] } });
  return { id: key.id, secret };
}

/** Opens a new session of a person, who may have ended the one before. */
async function sessionOf(userId: string): Promise<string> {
  const device = { ipAddress: null, userAgent: null };
  return await openSession(controlDb(), { userId, secondFactor: true, device }, new Date());
}

function poolOf({ serverId }: TestControl, tenants: TestTenant[]): World["pool"] {
  const ids = () => tenants.map(({ id }) => id);
  const servers = () => [serverId];
  return {
    ...{ tenant: ids, tenants: ids, "tenant-stats": ids, ids },
    ...{ serverId: servers, server: servers, onServer: servers, servers, server_id: servers },
    ...{ tenant_ids: ids, tenant_uuids: ids },
    ...{ confirm: () => tenants.map(({ slug }) => slug), "by-slug": () => tenants.map(({ slug }) => slug) },
  };
}

async function secretsOf({ control, tenants, password }: World, plain: string[]): Promise<string[]> {
  const { rows } = await control.sql(
    `SELECT secret_hash AS word FROM api_keys UNION SELECT token_hash FROM sessions
     UNION SELECT admin_secret FROM servers UNION SELECT secret FROM tenants`,
  );
  const words = (rows as { word: string | null }[]).map(({ word }) => word);
  const all = [...words, ...plain, password, control.access.adminPassword, env().TENANTRY_SECRET_KEY];
  return [...all, ...tenants.map((one) => one.password)].filter((one) => one && one.length > 8) as string[];
}
