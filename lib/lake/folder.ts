import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { absent, explainDisk } from "@/lib/platform/whole-file";

/** The setting that names the folder, for words about it. */
export const setting = "LAKE_DIR";

/** A tenant's file of a day (as 2026-11-21). Tenants go by their ids, since a slug may be given again. */
export const usageFile = (folder: string, day: string, tenant: string): string =>
  join(folder, "usage", `day=${day}`, `tenant=${tenant}`, "usage.parquet");

/** All tenants as they were when a day was written. */
export const tenantsFile = (folder: string, day: string): string =>
  join(folder, "tenants", `day=${day}`, "tenants.parquet");

/** The days of which there are files of usage. Throws `conflict` with what keeps the folder from being read. */
export async function daysIn(folder: string): Promise<string[]> {
  const names = await namesIn(join(folder, "usage"));
  return names.flatMap((name) => /^day=(\d{4}-\d\d-\d\d)$/.exec(name)?.[1] ?? []);
}

/** Takes away what a day has of tenants that have no usage on it any more. */
export async function removeOthers(folder: string, day: string, tenants: ReadonlySet<string>): Promise<void> {
  const place = join(folder, "usage", `day=${day}`);
  for (const name of await namesIn(place)) {
    const tenant = /^tenant=([0-9a-f-]{36})$/.exec(name)?.[1];
    if (tenant === undefined || tenants.has(tenant)) continue;
    await rm(join(place, name), { recursive: true }).catch((error: unknown) => explainDisk(error, setting));
  }
}

async function namesIn(place: string): Promise<string[]> {
  try {
    return (await readdir(place).catch(absent)) ?? [];
  } catch (error) {
    return explainDisk(error, setting);
  }
}
