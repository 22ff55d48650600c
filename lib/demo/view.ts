import type { Db } from "@/lib/platform/prisma";
import { demoTenants } from "@/sample/shapes";
import type { DemoView } from "./contract";
import { type Hindrance, hindranceWords, stepsOf } from "./rules";

/** How the demo fleet stands now. */
export async function demoViewOf(db: Db): Promise<DemoView> {
  const [fleet, tenants, leftOut, hindrance, stuck] = await Promise.all([
    db.demoFleet.findUnique({ where: { id: 1 } }),
    liveTenants(db),
    takenSlugs(db),
    hindranceOf(db),
    stuckWords(db),
  ]);
  const state = fleet?.state ?? "none";
  return {
    state,
    steps: stepsOf(state, fleet?.step ?? null),
    tenants,
    size: demoTenants.length,
    leftOut,
    hindrance: hindrance && hindranceWords[hindrance],
    problem: stuck ?? fleet?.problem ?? null,
    by: fleet?.by ?? null,
    since: fleet?.since?.toISOString() ?? null,
  };
}

/** The demo's own tenants that are there, by name. */
export async function liveTenants(db: Db) {
  return await db.tenant.findMany({
    where: { demo: { isNot: null }, deletedAt: null },
    select: { id: true, slug: true, name: true, status: true },
    orderBy: { slug: "asc" },
  });
}

/** Slugs of the demo that tenants have which are not its own. */
export async function takenSlugs(db: Db): Promise<string[]> {
  const taken = await db.tenant.findMany({
    where: { slug: { in: demoTenants.map(({ slug }) => slug) }, deletedAt: null, demo: null },
    select: { slug: true },
    orderBy: { slug: "asc" },
  });
  return taken.map(({ slug }) => slug);
}

/** What hinders that the demo is loaded; null: nothing does. */
export async function hindranceOf(db: Db): Promise<Hindrance | null> {
  const fleet = await db.demoFleet.findUnique({ where: { id: 1 }, select: { traffic: true } });
  if (!fleet?.traffic) return "demo_no_app";
  return (await firstServer(db)) ? null : "demo_no_server";
}

/** The server on which the demo's tenants are made: the first of those that take new ones. */
export async function firstServer(db: Db): Promise<{ id: string } | null> {
  return await db.server.findFirst({
    where: { removedAt: null, accepting: true },
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
}

/** What keeps a tenant of the demo from being made or removed. */
async function stuckWords(db: Db): Promise<string | null> {
  const step = await db.tenantStep.findFirst({
    where: {
      ...{ status: { in: ["pending", "failed"] }, error: { not: null } },
      tenant: { demo: { isNot: null }, deletedAt: null, status: { in: ["provisioning", "failed", "deleting"] } },
    },
    select: { error: true, tenant: { select: { slug: true } } },
    orderBy: { finishedAt: "desc" },
  });
  return step && `${step.tenant.slug}: ${step.error}`;
}
