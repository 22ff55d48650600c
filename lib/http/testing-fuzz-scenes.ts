import { randomBytes } from "node:crypto";
import { person } from "@/lib/access/testing";
import { keepTraffic } from "@/lib/demo/traffic";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { addIpRule } from "@/lib/keys/add-ip-rule";
import { createKey } from "@/lib/keys/create-key";
import { quoteName } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { reportScenes } from "./testing-fuzz-report-scenes";
import type { Given } from "./testing-fuzz-requests";
import { runScenes } from "./testing-fuzz-run-scenes";
import { maintained, next, ofTenant, type Scene, tenantIn } from "./testing-fuzz-things";
import { who } from "./testing-fuzz-world";

async function domainOf(tenantId: string, verified: boolean): Promise<string> {
  const id = newId(new Date());
  const rest = { hostname: `scene${next()}.fuzz.example`, token: "none", verifiedAt: verified ? new Date() : null };
  await controlDb().domain.create({ data: { id, tenantId, ...rest } });
  return id;
}

const withDomain =
  (more: Given = {}, verified = false): Scene =>
  async (world) => {
    const { id } = await tenantIn(world);
    return { params: { id, domain: await domainOf(id, verified) }, ...more };
  };

/** Of a tenant that has its database, since PostgreSQL is told. */
const ofRealTenant =
  (status = "active", more: Given = {}): Scene =>
  async ({ client, tenants }) => {
    const [tenant] = tenants;
    await client.query(
      `UPDATE tenants SET status = $2::tenant_status, status_before = 'active', purge_after = now() + interval '1 day'
        WHERE id = $1`,
      [tenant?.id, status],
    );
    return { params: { id: tenant?.id ?? "" }, ...more };
  };

const ofUser =
  (more: Given = {}): Scene =>
  async () => ({ params: { id: (await person(`user-${next()}`, "viewer")).id }, ...more });

const ofRule =
  (more: Given = {}): Scene =>
  async () => {
    const rule = { network: `203.0.113.${next() % 250}`, action: "deny" as const, area: "api" as const };
    return { params: { id: (await perform(addIpRule, as("system"), rule)).id }, ...more };
  };

const ofServer: Scene = async ({ control }) => ({ params: { id: control.serverId } });

/** A database that nobody has yet. */
const adoptable: Scene = async ({ control }) => {
  const database = `found_${randomBytes(4).toString("hex")}`;
  await control.sql(`CREATE DATABASE ${quoteName(database)}`);
  const slug = `adopted-${next()}`;
  return { body: { name: "Found", slug, serverId: control.serverId, database } };
};

const anotherServer: Scene = async ({ control, client }) => {
  // Else it is known as the cluster that is in the fleet already, which it is.
  await client.query("UPDATE servers SET system_id = NULL");
  const { host, port, adminUser, adminPassword } = control.access;
  return { body: { name: `server ${next()}`, region: "local", host, port, adminUser, adminPassword, tls: false } };
};

const emptyServer: Scene = async () => {
  const name = `empty ${next()}`;
  const server = { id: newId(new Date()), name, region: "local", host: "127.0.0.1", port: 9, adminUser: "nobody" };
  await controlDb().server.create({ data: server });
  return { params: { id: server.id }, query: { confirm: name } };
};

const ofFilter =
  (more: Given = {}): Scene =>
  async () => {
    const id = newId(new Date());
    const data = { id, name: `filter ${next()}`, filter: {}, createdBy: "ada@example.com" };
    await controlDb().savedFilter.create({ data });
    return { params: { id }, ...more };
  };

const ofInvitation: Scene = async () => {
  const id = newId(new Date());
  const expiresAt = new Date(Date.now() + 86_400_000);
  const rest = { email: `invited${next()}@example.com`, role: "viewer", invitedBy: "ada@example.com", expiresAt };
  await controlDb().invitation.create({ data: { id, tokenHash: id, ...rest } });
  return { params: { id } };
};

const ofSupport: Scene = async (world) => {
  const [tenant, id, now] = [await tenantIn(world), newId(new Date()), new Date()];
  const by = { userId: world.personId, userEmail: "owner@fuzz.example", userName: "Owner", reason: "Ticket 7" };
  const times = { createdAt: now, expiresAt: new Date(now.getTime() + 60_000) };
  await controlDb().supportAccess.create({ data: { id, tenantId: tenant.id, ...by, tokenHash: id, ...times } });
  return { params: { id: tenant.id, access: id } };
};

const ofCustomRole: Scene = async () => {
  const name = `scene-${next()}`;
  await controlDb().customRole.create({ data: { name, permissions: ["tenants:read"] } });
  return { params: { name } };
};

const ownKey: Scene = async () => {
  const { key } = await perform(createKey, as("system"), { name: `made ${next()}`, permissions: ["tenants:read"] });
  return { params: { id: key.id }, body: { name: "renamed" } };
};

const compatTenant: Scene = async ({ control }) => {
  return { body: { name: "Stored", domain: `stored${next()}.fuzz.example`, server_id: control.serverId } };
};

/** Scenes of the operations that inputs at random do not get behind; of the others, a form is enough. */
export const scenes: Record<string, Scene> = {
  ...runScenes,
  ...reportScenes,
  "servers.add": anotherServer,
  "servers.remove": emptyServer,
  "servers.check": ofServer,
  "tenants.show": ofTenant(),
  "tenants.edit": ofTenant(undefined, { body: { name: "Renamed" } }),
  "tenants.adopt": adoptable,
  "tenants.bySlug": async (world) => ({ params: { slug: (await tenantIn(world)).slug } }),
  "tenants.setStatus": ofRealTenant("active", { body: { status: "suspended", reason: "unpaid" } }),
  "tenants.restore": ofRealTenant("deleted"),
  "tenants.remove": async (world) => {
    const { id, slug } = world.tenants[0] ?? { id: "", slug: "" };
    return { params: { id }, query: { confirm: slug } };
  },
  "tenants.resume": ofTenant(() => ({ status: "failed" })),
  "maintenance.start": ofTenant(undefined, { body: { message: "Back soon." } }),
  "maintenance.end": async (world) => ({ params: { id: (await maintained(world)).id } }),
  "domains.add": async (world) => {
    return { params: { id: (await tenantIn(world)).id }, body: { hostname: `scene${next()}.fuzz.example` } };
  },
  "domains.show": withDomain(),
  "domains.remove": withDomain(),
  "domains.verify": withDomain(),
  "domains.vouch": withDomain({ body: { reason: "It is theirs by contract." } }),
  "domains.setPrimary": withDomain({}, true),
  "compat.domains.remove": withDomain(),
  "users.show": ofUser(),
  "users.sessions": ofUser(),
  "users.edit": ofUser({ body: { role: "operator" } }),
  "users.setActive": ofUser({ body: { active: false } }),
  "users.endSessions": ofUser(),
  "users.resetSecondFactor": ofUser(),
  "users.passwordLink": ofUser(),
  "tenants.create": async ({ control }) => {
    return { body: { name: "Made", slug: `made-by-scene-${next()}`, serverId: control.serverId } };
  },
  "tenants.editSettings": ofRealTenant("active", { body: { limits: { storageMb: 100 } } }),
  "support.open": ofTenant(undefined, { body: { reason: "Ticket 7" } }),
  "support.end": ofSupport,
  "filters.save": async () => ({ body: { name: `saved ${next()}`, filter: {} } }),
  "filters.show": ofFilter(),
  "filters.edit": ofFilter({ body: { name: "another name" } }),
  "filters.remove": ofFilter(),
  "invitations.create": async () => ({ body: { email: `new${next()}@example.com`, role: "viewer" } }),
  "invitations.show": ofInvitation,
  "invitations.withdraw": ofInvitation,
  "roles.save": async () => ({ params: { name: `saved-${next()}` }, body: { permissions: ["tenants:read"] } }),
  "roles.remove": ofCustomRole,
  "keys.create": async () => ({ body: { name: "made", permissions: ["tenants:read"] } }),
  "ipRules.add": async () => ({ body: { network: `203.0.113.${next() % 250}`, action: "deny", area: "api" } }),
  "analytics.compare": async ({ tenants }) => ({ query: { tenant: tenants.map(({ id }) => id) } }),
  "analytics.neighbours": async ({ control }) => ({ query: { server: control.serverId } }),
  "reports.tables.compare": async ({ tenants }) => ({ query: { tenant: tenants.map(({ id }) => id) } }),
  "reports.tables.neighbours": async ({ control }) => ({ query: { server: control.serverId } }),
  "registry.import": async ({ control }) => {
    const slug = `imported-${next()}`;
    const row = { key: slug, name: "Imported", slug, database: null, domains: [] };
    return { body: { serverId: control.serverId, rows: [row] } };
  },
  "compat.tenants.remove": async ({ tenants }) => {
    return { params: { id: tenants[0]?.id ?? "" }, query: { confirm: tenants[0]?.slug } };
  },
  "compat.tenants.reset": async (world) => {
    const { id, slug } = await tenantIn(world);
    return { params: { id }, body: { confirm: slug } };
  },
  "compat.tenants.status": ofRealTenant("active", { body: { status: "suspended" } }),
  "compat.domains.create": async (world) => {
    return { params: { id: (await tenantIn(world)).id }, body: { domain: `scene${next()}.fuzz.example` } };
  },
  "roles.show": async () => ({ params: { name: "viewer" } }),
  "keys.edit": ownKey,
  "keys.show": ownKey,
  "keys.revoke": ownKey,
  "ipRules.show": ofRule(),
  "ipRules.edit": ofRule({ body: { note: "seen twice" } }),
  "ipRules.remove": ofRule(),
  "demo.load": async () => {
    await keepTraffic(controlDb(), true);
    return {};
  },
  "fleet.mend": async () => ({ body: { findings: [`step-failed:${newId(new Date())}`] } }),
  "compat.tenants.create": compatTenant,
  "compat.tenants.store": compatTenant,
  "compat.tenants.activate": ofRealTenant("inactive"),
  "compat.tenants.deactivate": ofRealTenant(),
  "compat.tenants.block": ofRealTenant(),
  "compat.tenants.export": ofTenant(),
  "compat.monitoring.tenant": ofTenant(),
  "monitoring.statements": ofTenant(),
  "compat.bulk.status": async (world) => {
    return { body: { tenant_ids: [(await tenantIn(world)).id], status: "suspended" }, who: who.program };
  },
};
