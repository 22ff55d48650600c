import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import pg from "pg";
import { together } from "@/lib/kernel/together";
import type { Statement } from "./recorded";

/**
 * The reference of `npm run bench -- api`: an HTTP server without a framework that answers each name with the rows of
 * statements that were recorded from the product, prepared, by a pool of `pg`. It checks and shapes nothing.
 */
const [port = "0", url = "", connections = "10", file = ""] = process.argv.slice(2);
const { calls, recorded, ids } = JSON.parse(readFileSync(file, "utf8")) as {
  calls: Record<string, Statement[]>;
  recorded: string;
  ids: string[];
};
const names = new Map<string, string>();
const pool = new pg.Pool({ connectionString: url, max: Number(connections) });

const server = createServer(async (request, response) => {
  try {
    const [, name = "", number = "0"] = (request.url ?? "").split("/").map(decodeURIComponent);
    const rows = await answerOf(calls[name] ?? [], ids[Number(number)] ?? recorded);
    const body = JSON.stringify(rows);
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
    response.end(body);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
server.listen(Number(port), "127.0.0.1", () => process.send?.("listening"));
process.on("disconnect", () => process.exit(0));

/**
 * A transaction goes over one connection, taken as it begins; other statements over whichever is free. Who waits for an
 * answer that is everybody's must hold no connection: else all could be held by those who wait.
 */
async function answerOf(statements: Statement[], tenant: string): Promise<unknown[]> {
  const all: unknown[] = [];
  let client: pg.PoolClient | undefined;
  try {
    for (const one of statements) {
      if (one.text === "BEGIN") client = await pool.connect();
      all.push(
        !client && isEverybodys(one)
          ? await forAll(JSON.stringify(one))
          : (await (client ?? pool).query(prepared(one, tenant))).rows,
      );
      if (one.text !== "COMMIT" && one.text !== "ROLLBACK") continue;
      client?.release();
      client = undefined;
    }
  } finally {
    client?.release(true);
  }
  return all;
}

/**
 * The key that all requests present is looked up and counted once for those that come at once, as the product does it:
 * else all would wait for the one row of its count, and the product seem fast.
 */
const forAll = async (statement: string): Promise<unknown[]> => (await askTogether(statement)).answer;
const askTogether = together(async (statement) => (await pool.query(prepared(JSON.parse(statement), ""))).rows);

function isEverybodys({ text, values }: Statement): boolean {
  return text.includes("FROM ip_rules") || (text.includes("rate_limits") && values[0]?.startsWith("key:") === true);
}

function prepared({ text, values }: Statement, tenant: string): pg.QueryConfig {
  if (values.length === 0 && /^(BEGIN|COMMIT|ROLLBACK)/.test(text)) return { text };
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return { name, text, values: values.map((value) => value?.replaceAll(recorded, tenant) ?? null) };
}
