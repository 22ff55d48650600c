import type { Ctx } from "@/lib/gate/context";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { env } from "@/lib/platform/env";
import { Prisma } from "@/lib/platform/prisma";
import { announceTenant, recordActivity } from "./activity";
import { endClaims, holderOf, holderWords, holdHosts, newDomain, refusedHost, stillHeld } from "./domain";
import { staysInScope } from "./edit-tenant";
import { databaseName, defaultHost } from "./rules";
import { beginSaga } from "./saga";
import { newTenantSecret } from "./secret";
import type { TenantView } from "./shapes";
import { tenantInclude, tenantViewOf } from "./view";

export type Registration = {
  name: string;
  slug: string;
  domain?: string | undefined;
  plan: string;
  region?: string | undefined;
  tags?: string[] | undefined;
  serverId: string;
  /** An existing database to adopt; a new one is made otherwise. */
  adopt?: string;
};

/** Writes a tenant into the registry and begins its saga: together, in the caller's transaction. */
export async function register(ctx: Ctx, input: Registration): Promise<TenantView> {
  const server = await placeOn(ctx, input.serverId);
  const id = newId(ctx.now());
  const placed = { ...input, region: input.region ?? server.region, tags: input.tags ?? [] };
  // Before what is taken is told: who may not make this tenant learns nothing of others.
  staysInScope(ctx, placed);
  if (input.domain) await holdHosts(ctx.db, [input.domain]);
  const fields = await collisions(ctx, input);
  if (Object.keys(fields).length > 0) throw new AppError("conflict", "Some of this is taken.", { fields });
  const tenant = await insert(ctx, id, placed).catch(taken);
  const { slug, name, plan, region, tags } = placed;
  Object.assign(ctx.note, { target: id, after: { slug, name, plan, region, tags, server: server.name } });
  const adopted = input.adopt !== undefined;
  await beginSaga(ctx.db, id, adopted ? "adopt" : "provision", adopted);
  const description = adopted
    ? `Adopted from the database ${input.adopt}`
    : `Created on ${server.name}, plan ${input.plan}`;
  await recordActivity(ctx, { tenantId: id, type: adopted ? "adopted" : "created", description });
  await announceTenant(ctx.db, id);
  return await tenantViewOf(ctx.db, tenant);
}

/** The server of a new tenant, which stays in the fleet until the tenant is on it. */
async function placeOn({ db }: Ctx, id: string) {
  await db.$queryRaw`SELECT 1 FROM servers WHERE id = ${id}::uuid FOR KEY SHARE`;
  const server = await db.server.findUnique({ where: { id, removedAt: null } });
  const serverId = server ? "This server takes no new tenants for now." : "This server does not exist.";
  if (!server?.accepting) throw new AppError("invalid", "Choose a server.", { fields: { serverId } });
  return server;
}

async function insert(ctx: Ctx, id: string, input: Registration & { region: string; tags: string[] }) {
  const { name, slug, plan, region, tags, serverId, domain, adopt } = input;
  const made = databaseName(slug, id);
  const own = domain && newDomain(domain, ctx.now());
  const proven = own && "verifiedAt" in own;
  const tenant = await ctx.db.tenant.create({
    data: {
      ...{ id, slug, name, plan, region, tags, serverId },
      database: adopt ?? made,
      role: made,
      secret: await newTenantSecret(id),
      adopted: adopt !== undefined,
      createdAt: ctx.now(),
      ...(own && { domains: { create: { ...own, primary: proven === true } } }),
    },
    include: tenantInclude,
  });
  if (domain && proven) await endClaims(ctx.db, domain);
  return tenant;
}

async function collisions(ctx: Ctx, { slug, domain, serverId, adopt }: Registration): Promise<FieldErrors> {
  const fields: FieldErrors = {};
  const live = { deletedAt: null };
  const named = await ctx.db.tenant.findFirst({ where: { slug, ...live } });
  if (named) fields.slug = stillHeld(ctx.actor, named, "slug") ?? "Another tenant has this slug.";
  const domainError = domain && (await domainCollision(ctx, slug, domain));
  if (domainError) fields.domain = domainError;
  if (adopt && (await ctx.db.tenant.findFirst({ where: { serverId, database: adopt, ...live } }))) {
    fields.database = "A tenant has this database already.";
  }
  return fields;
}

async function domainCollision({ db, actor }: Ctx, slug: string, domain: string): Promise<string | undefined> {
  const refused = refusedHost(domain);
  if (refused) return `${refused} This tenant answers at ${defaultHost(slug, env().TENANTRY_APP_DOMAIN)} anyway.`;
  const held = await holderOf(db, domain);
  return held ? holderWords(actor, held.tenant) : undefined;
}

/** Two requests at the same moment both find a name free; the database lets one have it. */
function taken(error: unknown): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") throw error;
  const told = JSON.stringify(error.meta);
  const field = told.includes("hostname") ? "domain" : told.includes("slug") ? "slug" : "database";
  throw new AppError("conflict", "Some of this is taken.", {
    cause: error,
    fields: { [field]: "Somebody took this just now." },
  });
}
