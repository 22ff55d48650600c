import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

/** A process of its own that keeps some databases lightly busy: each a session, each some transactions a second. */
const [url = "", databases = "0", perSecond = "5"] = process.argv.slice(2);

async function keepBusy(database: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace("{database}", database) });
  client.on("error", () => process.exit(0));
  await client.connect();
  for (;;) {
    const id = 1 + Math.floor(Math.random() * 1000);
    await client.query("UPDATE visits SET seen = seen + 1 WHERE id = $1", [id]);
    await client.query("SELECT count(*) FROM visits WHERE id BETWEEN $1 AND $1 + 50", [id]);
    await delay((500 + Math.random() * 1000) / Number(perSecond));
  }
}

process.on("disconnect", () => process.exit(0));
await Promise.all(Array.from({ length: Number(databases) }, (_, number) => keepBusy(`tenant_${number}`)));
