import { z } from "zod";
import { env } from "@/lib/platform/env";
import { serverAction, usual } from "../action";
import { type Dumped, dump } from "../export-dump";
import { exportName, writeExport } from "../export-file";
import { asTenant } from "../item-connection";
import { noDatabase } from "../no-database";

export const exportData = serverAction({
  name: "export-data",
  title: "Export data",
  summary: "Write all rows of tenants' databases to files, one a tenant, that psql loads.",
  group: "maintenance",
  danger: "none",
  permission: "data:export",
  input: z.object({}),
  words: () => "Export the data",
  preview: () => ({ leaveOut: noDatabase }),
  radius: (_, { storage }) => [
    ...(storage === null ? [] : [`About ${Math.ceil(storage).toLocaleString("en")} MiB are read from the databases.`]),
    `The files can be downloaded for ${env().EXPORT_DAYS} days by whoever may export data.`,
  ],
  defaults: { ...usual, canary: null, concurrency: 2, timeoutSeconds: 3600 },
  activity: "exported",
  run: async (work) => {
    const { tenant, run, signal } = work;
    const name = exportName(tenant.slug, run.position);
    const about = { slug: tenant.slug, name: tenant.name, database: tenant.database, at: work.now() };
    let held: Dumped = { tables: 0, rows: 0 };
    const bytes = await asTenant(work, async (client) => {
      const chunks = dump(client, about, (result) => {
        held = result;
      });
      return await writeExport(run.id, name, chunks, signal);
    });
    const words = `Exported ${count(held.rows, "row")} of ${count(held.tables, "table")}, ${size(bytes)}.`;
    return { status: "done", words, result: { file: { name, bytes } } };
  },
});

const count = (n: number, noun: string) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

function size(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}
