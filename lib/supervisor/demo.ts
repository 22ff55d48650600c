import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { hashPassword } from "@/lib/accounts/password";
import { newTotpSecret, sealTotp } from "@/lib/accounts/totp";
import { systemContext } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { env } from "@/lib/platform/env";
import { controlDb, type Db } from "@/lib/platform/prisma";
import { createTenant } from "@/lib/tenants/create-tenant";
import { pastDays } from "@/sample/past";
import { type DemoTenant, demoTenants } from "@/sample/shapes";
import type { Say } from "./children";
import { shopsFilled } from "./demo-filled";
import { makePast, withoutPast } from "./demo-past";
import { makeDemoRuns } from "./demo-runs";
import type { Settings } from "./settings";

/** The demo's sign-in, made at random for this installation and kept beside its data. */
export type DemoSignIn = { email: string; password: string; totpSecret: string };

/** Makes the demo's user, its twelve tenants and its bulk runs, by everybody's operations; what is there stays. */
export async function makeDemo(settings: Settings, stop: AbortSignal, say: Say): Promise<DemoSignIn> {
  const signIn = demoSignIn(settings.folder);
  await makeUser(signIn);
  const [server] = await controlDb().server.findMany({ orderBy: { createdAt: "asc" }, take: 1 });
  if (!server) {
    say("The demo needs a server: add one on the Servers page, then start again with --demo.");
    return signIn;
  }
  const missing = await missingTenants(controlDb());
  if (missing.length > 0) say(`Creating ${missing.length} demo tenants…`);
  for (const tenant of missing) {
    const { slug, name, plan } = tenant;
    const made = await perform(createTenant, asDemo(stop), { slug, name, plan, serverId: server.id });
    await controlDb().tenant.update({ where: { id: made.id }, data: { settings: demoSettings(tenant) } });
  }
  await allReady(
    missing.map(({ slug }) => slug),
    stop,
  );
  if (!stop.aborted) await makeDemoRuns(() => asDemo(stop));
  return signIn;
}

/**
 * Gives the demo's tenants a past, once their shops are filled: about a minute after the start. The demo goes on without
 * one, should that fail: nothing that is measured needs it.
 */
export async function givePast(stop: AbortSignal, say: Say): Promise<void> {
  const control = new pg.Client({ connectionString: env().DATABASE_URL, connectionTimeoutMillis: 5000 });
  try {
    await control.connect();
    const missing = await withoutPast(control);
    if (missing.length === 0) return;
    await shopsFilled(control, missing, stop);
    const tenants = stop.aborted ? 0 : await makePast(control, systemClock());
    if (tenants > 0) say(`Made up a past of ${pastDays} days for ${tenants} demo tenants: its source is "generated".`);
  } catch (error) {
    say(`The demo's past could not be made up: ${error instanceof Error ? error.message : error}`);
  } finally {
    await control.end().catch(() => undefined);
  }
}

/** A demo tenant's settings: how its customers behave, and the limit of storage that it has, if it has one. */
export function demoSettings({ shape, storageMb }: DemoTenant) {
  return { workload: shape, ...(storageMb !== undefined && { limits: { storageMb } }) };
}

/** The demo's tenants that were never made here: what somebody removed stays removed. */
export async function missingTenants(db: Db): Promise<DemoTenant[]> {
  const known = await db.tenant.findMany({ select: { slug: true }, distinct: "slug" });
  return demoTenants.filter(({ slug }) => !known.some((tenant) => tenant.slug === slug));
}

function demoSignIn(folder: string): DemoSignIn {
  const file = join(folder, "demo.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as DemoSignIn;
  const made = {
    email: "demo@tenantry.local",
    password: randomBytes(9).toString("base64url"),
    totpSecret: newTotpSecret(),
  };
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return made;
}

async function makeUser({ email, password, totpSecret }: DemoSignIn): Promise<void> {
  if (await controlDb().user.findUnique({ where: { email } })) return;
  const now = systemClock();
  const id = newId(now);
  const secondFactor = { totpSecret: await sealTotp(id, totpSecret), totpConfirmedAt: now };
  const passwordHash = await hashPassword(password);
  await controlDb().user.create({
    data: { id, email, name: "Demo", role: "owner", passwordHash, ...secondFactor, createdAt: now },
  });
}

function asDemo(stop: AbortSignal) {
  return systemContext("demo", controlDb(), systemClock, newId(systemClock()), stop);
}

async function allReady(slugs: string[], stop: AbortSignal): Promise<void> {
  const unfinished = { slug: { in: slugs }, status: "provisioning" as const, deletedAt: null };
  while (!stop.aborted && (await controlDb().tenant.count({ where: unfinished })) > 0) {
    await delay(250, undefined, { signal: stop }).catch(() => undefined);
  }
}
