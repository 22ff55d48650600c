import type pg from "pg";
import { z } from "zod";
import { beginning } from "@/lib/kernel/foreign-text";
import { serverAction, usual } from "../action";
import { asTenant } from "../item-connection";
import { noDatabase } from "../no-database";

const input = z.object({
  mode: z.enum(["analyze", "vacuum"]).default("vacuum").meta({
    title: "What to do",
    description: "analyze: count anew for the query planner; vacuum: also make room for reuse",
  }),
});

const statements = { analyze: "ANALYZE", vacuum: "VACUUM (ANALYZE)" } as const;

export const vacuum = serverAction({
  name: "vacuum",
  title: "Vacuum or analyze",
  summary: "Vacuum and analyze tenants' databases, or analyze them only.",
  group: "maintenance",
  danger: "none",
  permission: "databases:maintain",
  input,
  words: ({ mode }) => (mode === "analyze" ? "Analyze" : "Vacuum and analyze"),
  preview: () => ({ leaveOut: noDatabase }),
  radius: () => ["It reads the tables: their servers' disks will be busier than usual."],
  defaults: { ...usual, concurrency: 2, timeoutSeconds: 600 },
  activity: "vacuumed",
  run: async (work, { mode }) =>
    await asTenant(work, async (client) => {
      const leftOut = countLeftOut(client);
      const before = await size(client);
      const started = performance.now();
      await client.query(statements[mode]);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const done = mode === "analyze" ? "Analyzed" : "Vacuumed and analyzed";
      const words = `${done} in ${seconds} s. Its size was ${mib(before)} and is ${mib(await size(client))}.`;
      return { status: "done", words: words + leftOut() };
    }),
});

/** How many tables that were left out are named. What PostgreSQL says of them may be the tenant's own invention. */
const mostNamed = 20;
const longestName = 63;

/** PostgreSQL passes over tables that belong to others and says so; its own catalogs are nobody's concern. */
function countLeftOut(client: pg.Client): () => string {
  const names = new Set<string>();
  let more = false;
  client.on("notice", ({ message }) => {
    const [, found] = /^(?:permission denied|skipping)\b[^"]{0,100}"([^"]+)"/.exec(message ?? "") ?? [];
    if (!found || !/skipp/.test(message ?? "") || /^(pg|sql)_/.test(found)) return;
    const name = beginning(found, longestName);
    if (names.size < mostNamed) names.add(name);
    else more ||= !names.has(name);
  });
  const all = () => [...names].sort().join(", ") + (more ? " and others" : "");
  return () => (names.size > 0 ? ` Left out, since they belong to others: ${all()}.` : "");
}

async function size(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>("SELECT pg_database_size(current_database()) AS bytes");
  return Number(rows[0]?.bytes);
}

const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
