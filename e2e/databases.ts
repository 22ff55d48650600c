import pg from "pg";

/** A connection to a database on the server that holds the tenants, as its administrator. Whoever opens it ends it. */
export async function openDatabase(name: string): Promise<pg.Client> {
  const url = new URL(process.env.E2E_DATABASE ?? "");
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client;
}

/** SQL in one database on that server; the rows that it gave. */
export async function inDatabase(name: string, text: string): Promise<Record<string, unknown>[]> {
  const client = await openDatabase(name);
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
