import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { OwnServer, OwnTenant } from "@/lib/isolation/testing-servers";
import { seal } from "@/lib/platform/keyring";
import { controlDb } from "@/lib/platform/prisma";
import { contexts } from "@/lib/platform/sealed-columns";
import type { Finding, Mended } from "./contract";
import { mendFindings } from "./mend-findings";
import { showDiagnosis } from "./show-diagnosis";

/** For tests: a tenant on a server of its own, wholly as it should be. */
export async function soundTenant(server: OwnServer, slug: string): Promise<OwnTenant> {
  const tenant = await server.tenant(slug);
  const secret = await seal("its password", contexts.tenant(tenant.id));
  await controlDb().tenant.update({ where: { id: tenant.id }, data: { secret } });
  return tenant;
}

/** What the diagnosis finds now, as rule and subject. */
export async function findings(): Promise<Finding[]> {
  return (await perform(showDiagnosis, as("operator"), {})).findings;
}

/** The one finding there is. */
export async function onlyFinding(): Promise<Finding> {
  const [one, ...more] = await findings();
  if (!one || more.length > 0) throw new Error(`One finding, not ${JSON.stringify([one, ...more])}`);
  return one;
}

/** Mends as the host does, which needs no second factor. */
export async function mend(...ids: string[]): Promise<Mended["results"]> {
  return (await perform(mendFindings, as("system"), { findings: ids })).results;
}
