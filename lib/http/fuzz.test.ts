import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashPassword } from "@/lib/accounts/password";
import { openSession } from "@/lib/accounts/sessions";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { permissions } from "@/lib/kernel/permissions";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { broken, hostileTexts, nearly, object, type Schema } from "./testing-arbitrary";
import { wrongAnswer } from "./testing-conformance";
import { digests, leakIn, type Sent, send, wellFormed } from "./testing-fuzz";

/**
 * Every operation of the document is asked with inputs made from its own schema: valid ones, nearly valid ones and hostile
 * ones. FUZZ_RUNS: how many of each operation; FUZZ_SEED: the run to repeat.
 */
const runs = Number(process.env.FUZZ_RUNS ?? 12);
const seed = Number(process.env.FUZZ_SEED ?? 20261122);

type Parameter = { $ref?: string; name: string; in: string; required: boolean; schema: Schema };
type Described = {
  operationId: string;
  "x-access"?: string;
  "x-step-up"?: boolean | "people";
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Document = { paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, Schema> } };

const document = JSON.parse(readFileSync("docs/openapi.json", "utf8")) as Document;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, one]) => ({ ...one, path, method: method.toUpperCase() })),
);

let control: TestControl;
let tenants: TestTenant[] = [];
let client: pg.Client;
let last: Record<string, string> | undefined;
let callers: Record<string, string>[] = [];
let secrets: string[] = [];
let keyIds: string[] = [];
let personId = "";
let tokenHash = "";
const succeeded = new Set<string>();
let asked = 0;

beforeAll(async () => {
  control = await testControl();
  client = new pg.Client({ connectionString: control.url });
  await client.connect();
  tenants = [await control.makeTenant("fuzz-one"), await control.makeTenant("fuzz-two")];
  const password = await hashPassword("planted-9f8e7d6c5b4a-password");
  const person = await controlDb().user.create({
    data: {
      ...{ id: newId(new Date()), email: "owner@fuzz.example", name: "Owner", role: "owner", passwordHash: password },
      totpConfirmedAt: new Date(),
    },
  });
  personId = person.id;
  const keys = [];
  for (const scope of [{ kind: "all" as const }, { kind: "tag" as const, values: ["fuzz"] }]) {
    const input = { name: `fuzz ${scope.kind}`, permissions: ["tenants:read" as const], scope, rateLimit: 1_000_000 };
    keys.push(await perform(createKey, as("system"), input));
  }
  keyIds = keys.map(({ key }) => key.id);
  await controlDb().apiKey.updateMany({ data: { permissions: [...permissions] } });
  await controlDb().tenant.update({ where: { id: tenants[1]?.id ?? "" }, data: { tags: ["fuzz"] } });
  const [all = "", some = ""] = keys.map(({ secret }) => secret);
  callers = [{ authorization: `Bearer ${all}` }, { "x-api-key": some }, {}, {}];
  const token = await signIn();
  const kept = await control.sql(
    `SELECT secret_hash AS word FROM api_keys UNION SELECT token_hash FROM sessions
     UNION SELECT admin_secret FROM servers UNION SELECT secret FROM tenants`,
  );
  const words = (kept.rows as { word: string | null }[]).map(({ word }) => word);
  const plain = [password, control.access.adminPassword, process.env.TENANTRY_SECRET_KEY, token, all, some];
  secrets = [...words, ...plain, ...tenants.map((one) => one.password)].filter(
    (one) => one && one.length > 8,
  ) as string[];
}, 60_000);

afterAll(async () => {
  stopLive();
  await stopCounting();
  await client.end();
  await control.close();
});

/** What is named in requests and has to be there for more than a 404: by field, or by the noun before the id in a path. */
const pool: Record<string, () => unknown[]> = {
  ...{ tenant: () => tenants.map(({ id }) => id), tenants: () => tenants.map(({ id }) => id) },
  ...{ serverId: () => [control.serverId], server: () => [control.serverId], onServer: () => [control.serverId] },
  ...{
    servers: () => [control.serverId],
    confirm: () => tenants.map(({ slug }) => slug),
    ids: () => tenants.map(({ id }) => id),
  },
};

/** Where the ids after a noun are kept; the callers' own stay what they are. */
const kept: Record<string, string> = {
  users: "SELECT id FROM users WHERE email <> 'owner@fuzz.example'",
  keys: "SELECT id FROM api_keys WHERE name NOT LIKE 'fuzz %'",
  domains: "SELECT id FROM domains",
  filters: "SELECT id FROM saved_filters",
  invitations: "SELECT id FROM invitations",
  "ip-rules": "SELECT id FROM ip_rules",
  roles: "SELECT name AS id FROM custom_roles",
  "bulk-runs": "SELECT id FROM bulk_runs",
  support: "SELECT id FROM support_access",
  sessions: "SELECT id FROM sessions",
  audit: "SELECT id::text AS id FROM audit_events ORDER BY id LIMIT 5",
  items: "SELECT DISTINCT position AS id FROM bulk_items",
};

async function findKept(): Promise<void> {
  for (const [noun, text] of Object.entries(kept)) {
    const { rows } = await client.query<{ id: unknown }>(text);
    pool[noun] = () => rows.map(({ id }) => id);
  }
}

/** Marks a value that is chosen when the request is sent, since ids are new in each run. */
const mark = (name: string, index: number): string => `@@${name}:${index}@@`;

const fixed: Record<string, fc.Arbitrary<unknown>> = {
  slug: fc.integer({ min: 0, max: 999 }).map((n) => `made-${n}`),
  email: fc.integer({ min: 0, max: 999 }).map((n) => `made${n}@fuzz.example`),
  hostname: fc.integer({ min: 0, max: 999 }).map((n) => `made${n}.fuzz.example`),
  domain: fc.constantFrom("", "shop.fuzz.example", "00000000-0000-0000-0000-000000000000"),
  host: fc.constantFrom("127.0.0.1", "localhost"),
  port: fc.constantFrom(1, 9),
  // Such as keep nobody out who asks here.
  network: fc.integer({ min: 1, max: 250 }).map((n) => `198.51.100.${n}`),
  expiresAt: fc.constantFrom(null, "2027-12-31T00:00:00.000Z"),
  role: fc.constantFrom("viewer", "operator", "admin"),
  tz: fc.constantFrom("UTC", "Europe/Vienna", "Asia/Kathmandu"),
  version: fc.integer({ min: 1, max: 3 }),
  tag: fc.constantFrom("pilot", "fuzz"),
  upTo: fc.constantFrom("20261121163000_shop", "20261121163100_page_views"),
  migration: fc.constant("20261121163100_page_views"),
  secondFactor: fc.constantFrom("true", "false"),
};

const lists: Record<string, fc.Arbitrary<unknown>> = {
  tags: fc.constantFrom([], ["pilot"], ["fuzz", "pilot"]),
  add: fc.constantFrom(["pilot"], ["late"]),
  remove: fc.constantFrom([], ["late"]),
  except: fc.constant([]),
  permissions: fc.subarray([...permissions], { minLength: 1, maxLength: 5 }),
  allowedAddresses: fc.constant(["192.0.2.0/24"]),
};

const named = /^(tenant|tenants|serverId|server|onServer|confirm|ids)$/;

const known = (name: string, list: boolean): fc.Arbitrary<unknown> | undefined => {
  if (list && lists[name]) return lists[name];
  const one = named.test(name) ? fc.nat({ max: 7 }).map((index) => mark(name, index)) : fixed[name];
  return one && list ? fc.array(one, { minLength: 1, maxLength: 2 }) : one;
};
const sources = { schemas: document.components.schemas, known };

/** Puts ids in the place of marks, each fourth of which stays an id of nothing. */
function settle(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(/^@@([\w-]+):(\d)@@$/, (_, name: string, digit: string) => {
      const there = pool[name]?.() ?? [];
      const index = there.length === 0 ? 7 : Number(digit);
      return String(index === 7 ? "00000000-0000-7000-8000-00000000dead" : there[index % there.length]);
    });
  }
  if (Array.isArray(value)) return value.map(settle);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, settle(member)]));
}

/** What a valid request would need an earlier answer for is left to the others. */
function without({ properties = {}, ...schema }: Schema): Schema {
  const apart = ["fields", "cursor", "limit", "from", "to", "granularity"];
  const rest = Object.entries(properties).filter(([name]) => !apart.includes(name));
  return { ...schema, properties: Object.fromEntries(rest) };
}

/** Tenants are named in one way of three. */
function oneWay(value: Record<string, unknown>): Record<string, unknown> {
  const { tenants: _, filter: __, savedFilter: ___, ...rest } = value;
  return "tenants" in value ? { ...rest, tenants: value.tenants } : value;
}

const headerValues: Record<string, readonly string[]> = {
  "idempotency-key": ["same", "x".repeat(201), "a b", "ключ".normalize()],
  "tenantry-version": ["2026-11-22", "1999-01-01", "latest", ""],
  "if-match": ["*", '"x"', 'W/"x"', "x", '"', ""],
  "if-none-match": ["*", '"x"', 'W/"x"', "nothing"],
  accept: ["application/json", "*/*", "text/html", "nonsense", "application/json;q=0"],
  "content-type": ["application/json", "text/plain", "application/json; charset=latin1", "multipart/form-data", ""],
  "user-agent": ["'; DROP TABLE x; --", "x".repeat(5000)],
  "x-forwarded-for": ["10.0.0.1", "not an address"],
};
const isByteString = (text: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);

const someHeaders = fc
  .subarray(Object.entries(headerValues), { maxLength: 2 })
  .chain((some) => fc.tuple(...some.map(([name, values]) => fc.constantFrom(...values).map((value) => [name, value]))))
  .map(
    (entries) => Object.fromEntries(entries.filter(([, value]) => isByteString(value ?? ""))) as Record<string, string>,
  );

/** Requests of an operation: half are valid, a fourth each nearly valid and hostile. */
function requests({
  path,
  method,
  parameters,
  requestBody,
  ...more
}: (typeof operations)[number]): fc.Arbitrary<Sent & { who: number }> {
  const own = parameters.filter((one) => one.in === "path" || one.in === "query");
  const nouns = new Map([...path.matchAll(/([\w-]+)\/\{(\w+)\}/g)].map(([, noun, name]) => [name, noun ?? ""]));
  const idOf = (name: string, index: number): Schema => ({ const: mark(nouns.get(name) ?? "", index) });
  const input: Schema = {
    properties: Object.fromEntries(
      own.map(({ name, schema, in: place }) => [
        name,
        place === "path" && name !== "action"
          ? { anyOf: [idOf(name, 0), idOf(name, 1), idOf(name, 0), schema] }
          : schema,
      ]),
    ),
    required: own.filter(({ required }) => required).map(({ name }) => name),
  };
  const [type, content] = Object.entries(requestBody?.content ?? {}).find(([one]) => one === "application/json") ?? [];
  const writes = method !== "GET" && method !== "DELETE";
  const shaped = (make: (schema: Schema) => fc.Arbitrary<Record<string, unknown>>) =>
    fc.tuple(
      make(input),
      content ? make(content.schema).map((value) => JSON.stringify(settle(oneWay(value)))) : fc.constant("{}"),
    );
  const garbage = fc.constantFrom(
    "",
    "{",
    "[]",
    "null",
    '"x"',
    '{"a":',
    "\u0000",
    "x".repeat(1_000_001),
    '{"__proto__":{}}',
  );
  const kinds = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(
        shaped((schema) => object(without(schema), sources)),
        fc.constant({}),
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(
        shaped((schema) => nearly(schema, sources)),
        fc.constant({}),
      ),
    },
    { weight: 2, arbitrary: fc.tuple(shaped(broken), someHeaders) },
    { weight: 1, arbitrary: fc.tuple(fc.tuple(object(input, sources), garbage), someHeaders) },
  );
  return fc.tuple(kinds, fc.constantFrom(...callersOf(more))).map(([[[given, body], headers], who]) => {
    const settled = settle(given) as Record<string, unknown>;
    const params = Object.fromEntries(
      own.filter((one) => one.in === "path").map(({ name }) => [name, segment(settled[name])]),
    );
    const query = Object.fromEntries(Object.entries(settled).filter(([name]) => !(name in params)));
    const typed = writes && type ? { "content-type": type } : {};
    return { path, method, params, query, body: writes ? body : undefined, headers: { ...typed, ...headers }, who };
  });
}

/** Who asks: all keys, some tenants' key, the person, nobody; mostly whoever may. */
function callersOf(one: Pick<Described, "x-access" | "x-step-up">): number[] {
  const ofPeople = one["x-step-up"] === true || !one["x-access"]?.includes(":");
  return ofPeople ? [2, 2, 2, 2, 0, 3] : [0, 0, 0, 0, 0, 0, 1, 1, 2, 3];
}

/** A value as a part of an address: neither nothing nor dots, which lead elsewhere. */
function segment(value: unknown): string {
  const text = wellFormed(typeof value === "object" ? (JSON.stringify(value) ?? "x") : String(value ?? "x"));
  return /^\.*$/.test(text) ? "x" : text;
}

/** Undoes what would keep the callers themselves out from here on. */
async function letCallersIn(): Promise<void> {
  await client.query("DELETE FROM ip_rules");
  await client.query(
    "UPDATE tenants SET status = 'active', status_before = NULL, purge_after = NULL WHERE slug LIKE 'fuzz-%'",
  );
  await client.query("UPDATE api_keys SET revoked_at = NULL WHERE id = ANY($1)", [keyIds]);
  await client.query("UPDATE users SET deactivated_at = NULL, role = 'owner' WHERE email = 'owner@fuzz.example'");
  last = await digests(client);
}

/** Opens a new session of the person, who may have ended the one before. */
async function signIn(): Promise<string> {
  const device = { ipAddress: null, userAgent: null };
  const token = await openSession(controlDb(), { userId: personId, secondFactor: true, device }, new Date());
  tokenHash = createHash("sha256").update(token).digest("hex");
  callers[2] = { cookie: `next-auth.session-token=${token}` };
  return token;
}

/** Says that the person proved the second factor for a digest just now. */
async function prove(digest: string): Promise<void> {
  await client.query(
    `INSERT INTO step_ups (id, user_id, session_id, digest, expires_at)
     SELECT gen_random_uuid(), user_id, id, $1, now() + interval '1 minute' FROM sessions WHERE token_hash = $2`,
    [digest, tokenHash],
  );
}

/** Where something that the input names is truly not there to be reached: 503 is the truth then. */
const reachesOut = /^(servers\.|tenants\.adopt|domains\.verify|isolation\.check)/;

/** Addresses of another product's API that say, by its status for it, that there is no such thing here. */
const notOffered = /^compat\./;

async function hold(operationId: string, sent: Sent & { who: number }): Promise<void> {
  const before = last ?? (await digests(client));
  const one = { ...sent, headers: { ...callers[sent.who], ...sent.headers } };
  let { url, response, text } = await send(one);
  const proof = response.status === 403 ? /"confirm":"([0-9a-f]{64})"/.exec(text)?.[1] : undefined;
  if (proof) {
    await prove(proof);
    ({ url, response, text } = await send(one));
  }
  asked++;
  const { status, headers } = response;
  const words = `${sent.method} ${url.slice(0, 300)} → ${status} ${text.slice(0, 400)}`;
  const truly = status === 503 ? reachesOut : notOffered;
  if (status >= 500) expect([501, 503].includes(status) && truly.test(operationId), words).toBe(true);
  expect(wrongAnswer({ method: sent.method, url, status, headers, text, path: sent.path })).toBeUndefined();
  // The document speaks of what answers never speak of.
  if (operationId !== "openapi.show") expect(leakIn(text, secrets), words).toBeUndefined();
  if (status < 300) succeeded.add(operationId);
  else if (process.env.FUZZ_TRACE) console.log(`${operationId}: ${words}`);
  const after = await digests(client);
  last = after;
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  const requestId = headers.get("x-request-id");
  const { rows } = await client.query("SELECT outcome FROM audit_events WHERE request_id = $1", [requestId]);
  if (changed.some((name) => ["api_keys", "users", "ip_rules", "tenants"].includes(name))) await letCallersIn();
  const done = rows.some(({ outcome }) => outcome === "done");
  if (changed.length > 0) expect(done, `${words} changed ${changed} and the trail does not know`).toBe(true);
  if (sent.method === "GET") expect(changed, words).toEqual([]);
  if (status >= 400) expect(changed, `${words} was refused and changed something`).toEqual([]);
}

describe(`every operation, asked ${runs} times from its own schema (FUZZ_SEED=${seed})`, () => {
  test("no hostile text is what a leak is known by", () => {
    for (const text of hostileTexts) expect(leakIn(text, [])).toBeUndefined();
  });

  test.each(operations.map((one, index) => [one.operationId, one, seed + index] as const))(
    "%s",
    async (id, one, own) => {
      await findKept();
      await signIn();
      const property = fc.asyncProperty(requests(one), (sent) => hold(id, sent));
      await fc.assert(property, { seed: own, numRuns: runs, endOnFailure: true });
    },
    600_000,
  );

  test("most operations that a program may call were reached behind their form", () => {
    const callable = operations.filter((one) => one["x-access"]?.includes(":")).map(({ operationId }) => operationId);
    const reached = callable.filter((id) => succeeded.has(id));
    console.log(
      `fuzz: ${asked} requests; ${reached.length} of ${callable.length} operations of programs were done; not: ${callable.filter((id) => !succeeded.has(id)).join(" ")}`,
    );
    expect(reached.length / callable.length).toBeGreaterThan(0.3);
  });
});
