import { newId } from "@/lib/kernel/ids";
import { embeddedUser } from "@/lib/platform/embedded";
import { takeUpMaster } from "@/lib/platform/master-change";
import { controlDb } from "@/lib/platform/prisma";
import { sealAdminPassword } from "@/lib/servers/access";
import { inspect } from "@/lib/servers/add-server";
import type { Say } from "./children";
import type { Settings } from "./settings";

const name = "embedded";

/** Throws, naming the keys and what to do, when stored secrets can't be opened; takes up a new TENANTRY_SECRET_KEY. */
export async function checkSecretKey(say: Say): Promise<void> {
  const wrapped = await takeUpMaster();
  if (wrapped > 0) say(`The new secret key opens the stored secrets now (${wrapped} data keys wrapped again)`);
}

/** Registers the embedded PostgreSQL as the first server of the fleet, or brings its address up to date. */
export async function registerEmbedded({ port, password }: NonNullable<Settings["embedded"]>): Promise<void> {
  const known = await controlDb().server.findUnique({ where: { name } });
  const now = new Date();
  const id = known?.id ?? newId(now);
  const address = { host: "127.0.0.1", port, adminUser: embeddedUser };
  const { version, systemId } = await inspect({
    ...address,
    adminPassword: password,
    adminDatabase: "postgres",
    tls: false,
  });
  const access = { ...address, adminSecret: await sealAdminPassword(id, password), version, systemId };
  await controlDb().server.upsert({
    where: { name },
    create: { id, name, region: "local", ...access, createdAt: now },
    update: access,
  });
}
