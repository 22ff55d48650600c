import { join } from "node:path";
import { NextRequest } from "next/server";
import type pg from "pg";
import type { Method } from "@/lib/kernel/contract";
import { routeOf } from "./testing";

export type Sent = {
  path: string;
  method: string;
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: string | undefined;
  headers: Record<string, string>;
};

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Sends a request through the very handler that the web server calls; of what has no end, the begin is read. */
export async function send(one: Sent): Promise<{ url: string; response: Response; text: string }> {
  const { file, settled } = routeOf(one.path);
  const handlers = (await import(/* @vite-ignore */ join(process.cwd(), file))) as Record<string, Handler>;
  const handler = handlers[one.method];
  if (!handler) throw new Error(`${one.method} ${one.path} has no handler`);
  const filled = one.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(one.params[name] ?? "x"));
  const url = `http://localhost:3000${filled}${queryOf(one.query)}`;
  const stopped = new AbortController();
  const request = new NextRequest(url, {
    method: one.method as Method,
    headers: one.headers,
    signal: stopped.signal,
    ...(one.body !== undefined && { body: one.body }),
  });
  const response = await handler(request, { params: Promise.resolve({ ...one.params, ...settled }) });
  const endless = response.headers.get("content-type")?.startsWith("text/event-stream");
  const text = endless ? await beginOf(response) : await response.text();
  stopped.abort();
  return { url, response, text };
}

async function beginOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

function queryOf(query: Record<string, unknown>): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      parts.append(wellFormed(name), wellFormed(typeof one === "string" ? one : (JSON.stringify(one) ?? "")));
    }
  }
  return parts.size > 0 ? `?${parts}` : "";
}

/** A text as an address can hold it: halves of surrogate pairs are no characters. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

/** The tables whose every change has to be in the audit trail, and their columns that tell of use and not of change. */
const registry: Record<string, string[]> = {
  ...{ servers: ["last_tick_at", "last_error", "last_error_at"], tenants: [], domains: [], tenant_maintenance: [] },
  ...{ support_access: [], users: [], custom_roles: [], invitations: [], passkeys: [], recovery_codes: [] },
  ...{ api_keys: ["last_used_at", "last_used_address"], ip_rules: [], saved_filters: [], bulk_runs: [] },
  ...{ tenant_steps: [], one_time_links: [] },
};

/** One digest of each registry table, as they are now. */
export async function digests(client: pg.Client): Promise<Record<string, string>> {
  asking ??= await question(client);
  const found = await client.query<{ name: string; digest: string }>(asking);
  return Object.fromEntries(found.rows.map(({ name, digest }) => [name, digest]));
}

let asking: string | undefined;

async function question(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name = ANY($1)",
    [Object.keys(registry)],
  );
  const parts = rows.map(({ name }) => {
    const without = (registry[name] ?? []).map((column) => ` - '${column}'`).join("");
    return `SELECT '${name}' AS name, coalesce(md5(string_agg(md5((to_jsonb(t)${without})::text), '' ORDER BY to_jsonb(t)::text)), '') AS digest FROM ${name} t`;
  });
  return parts.join(" UNION ALL ");
}

/** Words that only the inside of the program knows. */
const inside: [string, RegExp][] = [
  ["a stack frame", /\n\s+at \S+ \(|\bat async |\.[cm]?[jt]sx?:\d+:\d+/],
  ["a path of this machine", /node_modules|\/lib\/(gate|http|platform|tenants)\//],
  ["Prisma's words", /PrismaClient|\bP[12]0\d\d\b|Invalid `prisma|invocation:/],
  [
    "SQL",
    /\bSELECT\s.+\sFROM\s|INSERT INTO|\bUPDATE\s.+\sSET\s|syntax error at or near|violates \w+[ -]\w+ constraint/,
  ],
  [
    "PostgreSQL's words",
    /relation ".*" does not exist|column ".*" (does not|of relation)|duplicate key value|SQLSTATE/,
  ],
  ["JavaScript's words", /is not a function|Cannot read propert|undefined is not|Unexpected token|Maximum call stack/],
];

/** What of the inside an answer tells; undefined when it tells nothing of it. */
export function leakIn(text: string, secrets: readonly string[]): string | undefined {
  if (text.includes(process.cwd())) return "a path of this machine";
  const secret = secrets.findIndex((one) => text.includes(one));
  if (secret >= 0) return `the planted secret ${secret}`;
  const found = inside.find(([, words]) => words.test(text));
  return found && `${found[0]}: …${text.slice(Math.max(0, text.search(found[1]) - 60)).slice(0, 200)}`;
}
