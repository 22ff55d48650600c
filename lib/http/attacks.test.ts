import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { catalog } from "@/lib/catalog";
import { type Operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { logOptions } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { told } from "./problem";

let control: TestControl;
let tenant: TestTenant;
beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("victim");
});
afterAll(() => control.close());

const attacks = [
  "'; DROP TABLE tenants; --",
  "' OR '1'='1",
  '"; DROP DATABASE postgres; --',
  "\\'; SELECT pg_sleep(20); --",
  "$$; DELETE FROM users; $$",
  "%' UNION SELECT password_hash FROM users --",
  "../../../../etc/passwd",
  "{{7*7}} #{7*7} <%= 7*7 %>",
  "<script>alert(1)</script>",
  "x\r\nSet-Cookie: a=b\r\n\r\n<html>",
  "__proto__",
  "constructor.prototype",
  "\u202Egnp.exe",
  "A".repeat(5000),
  "null",
  "-1",
  "1e400",
];

type Json = {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Json[];
  items?: Json;
  minItems?: number;
  pattern?: string;
  minimum?: number;
  properties?: Record<string, Json>;
};

const schemaOf = ({ input }: Contract) => z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Json;

let made = 0;

/** Values that the operations' own checks accept, by the field's name; others follow from the schema. */
const sensible: Record<string, (schema: Json) => unknown> = {
  slug: () => `attack-${made++}`,
  email: () => `attack${made++}@example.com`,
  address: () => `attack${made++}@example.com`,
  at: () => "06:00",
  password: () => `a long and new one ${made++}`,
  plan: () => "starter",
  host: () => "127.0.0.1",
  hostname: () => `attack-${made++}.example.com`,
  pooler: () => null,
  ended: () => "false",
  port: () => 1,
  network: () => `198.51.100.${made++ % 250}`,
  role: () => "viewer",
  permissions: () => ["tenants:read"],
  digest: () => "0".repeat(64),
  code: ({ enum: kinds }) => kinds?.[0] ?? "000000",
  confirm: () => "not-it",
  version: ({ type }) => (type === "string" ? "20261121163100_page_views" : 1),
  serverId: () => control.serverId,
  scope: () => ({ kind: "all" }),
  keepThis: () => "true",
  purge: () => "false",
  // The first page, by one of the two ways there are.
  cursor: () => undefined,
  limits: () => ({ storageMb: null }),
  page: () => undefined,
  pageSize: () => undefined,
  warned: () => "true",
  secondFactor: () => "true",
  // An event of the trail has a number.
  id: ({ format }) => (format === "uuid" ? tenant.id : "1"),
  noted: () => `1:${"0".repeat(64)}`,
  tz: () => "UTC",
  // An import is of a run or of an upload, not of both.
  upload: () => undefined,
  rows: () => ({ key: `key-${made++}`, name: "Acme", slug: "acme", database: null, domains: [] }),
  // artflow's, which take nothing but null here.
  database_name: () => null,
  class: () => null,
  // A step-up takes a code or a passkey, not both.
  passkey: () => undefined,
  // A forecast is of a tenant or of a server, not of both.
  onServer: () => undefined,
};

function fill(name: string, schema: Json): unknown {
  const known = sensible[name];
  if (known) return schema.type === "array" && name !== "permissions" ? [known(schema)] : known(schema);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return fill(name, schema.anyOf[0] ?? {});
  if (schema.format === "uuid") return tenant.id;
  if (schema.format === "date-time") return "2026-01-01T00:00:00Z";
  if (schema.format === "date") return "2026-01-01";
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 1;
  if (schema.type === "boolean") return false;
  if (schema.type === "array") return Array(schema.minItems ?? 0).fill(fill(name, schema.items ?? {}));
  if (schema.type === "object") return {};
  return name === "domain" ? "" : "words";
}

const texts = ({ properties = {} }: Json) =>
  Object.entries(properties).filter(
    ([, one]) => one.type === "string" || one.anyOf || one.type === "array" || !one.type,
  );

describe.each(catalog.map(({ contract }) => contract.id))("%s", (id) => {
  const op = catalog.find(({ contract }) => contract.id === id) as Operation;
  const schema = schemaOf(op.contract);

  test("takes hostile text in every field as text, or refuses it in words", async () => {
    for (const [field, shape] of texts(schema)) {
      for (const attack of attacks) {
        const rest = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fill(name, one)]);
        const input = { ...Object.fromEntries(rest), [field]: shape.type === "array" ? [attack] : attack };
        const error = await perform(op, as("system"), input).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error === undefined) continue;
        expect(error, `${field}: ${attack.slice(0, 40)}`).toBeInstanceOf(AppError);
        expect((error as AppError).code).not.toBe("internal");
      }
    }
  });

  test("knows no field but its own", () => {
    const rest = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fill(name, one)]);
    const extra = { role: "owner", status: "active", isOwner: true, permissions: ["users:update"], deletedAt: null };
    const unknown = { ...extra, createdBy: "me", secret: "x", passwordHash: "x", adopted: true, actorId: tenant.id };
    const foreign = Object.fromEntries(
      Object.entries(unknown).filter(([name]) => !Object.hasOwn(schema.properties ?? {}, name)),
    );
    const read = op.contract.input.safeParse({ ...Object.fromEntries(rest), ...foreign });
    const refused = read.error?.issues.find((issue) => issue.code === "unrecognized_keys" && issue.path.length === 0);
    if (refused?.code === "unrecognized_keys") return expect(refused.keys.sort()).toEqual(Object.keys(foreign).sort());
    if (!read.success) throw new Error(`The filled input is not valid: ${read.error.message}`);
    for (const name of Object.keys(foreign)) expect(read.data).not.toHaveProperty(name);
  });
});

test("after all that, everything is still there", async () => {
  const { rows } = await control.sql(
    "SELECT count(*)::int AS n FROM information_schema.tables WHERE table_schema = 'public'",
  );
  expect(rows[0].n).toBeGreaterThan(25);
  expect(await controlDb().tenant.findUnique({ where: { id: tenant.id } })).not.toBeNull();
  expect({}).not.toHaveProperty("role");
});

test("a tenant's name that is SQL is stored and found as that very text", async () => {
  const name = "Robert'); DROP TABLE tenants; --";
  const create = catalog.find(({ contract }) => contract.id === "tenants.create") as Operation;
  const list = catalog.find(({ contract }) => contract.id === "tenants.list") as Operation;
  await perform(create, as("admin"), { name, slug: "bobby", serverId: control.serverId });
  const found = (await perform(list, as("viewer"), { search: "'); DROP" })) as { tenants: { name: string }[] };
  expect(found.tenants.map((one) => one.name)).toEqual([name]);
});

describe("the log", () => {
  function lines(write: (logger: pino.Logger) => void): string[] {
    let text = "";
    const out = new Writable({
      write(chunk, _, done) {
        text += String(chunk);
        done();
      },
    });
    write(pino({ ...logOptions, level: "info" }, out));
    return text.split("\n").filter(Boolean);
  }

  test("writes one line for a message with line breaks, so that nobody writes lines of their own", () => {
    const forged = 'x\n{"level":30,"msg":"forged"}\r\nmore';
    const written = lines((logger) => logger.warn({ error: forged }, forged));
    expect(written).toHaveLength(1);
    expect(JSON.parse(written[0] ?? "")).toMatchObject({ error: forged, msg: forged });
  });

  test("leaves out what is named like a secret, two levels deep", () => {
    const secret = "s3cret-value";
    const named = { password: secret, token: secret, secret, code: secret, authorization: secret, cookie: secret };
    const written = lines((logger) => logger.info({ ...named, request: named }, "x"));
    expect(written.join()).not.toContain(secret);
  });

  test("has no values of a query that failed", async () => {
    const value = "s3cret-value";
    const error = await controlDb()
      .user.create({ data: { id: "no-uuid", email: value, name: value, role: "x", passwordHash: value } })
      .catch((reason: unknown) => reason);
    expect(String((error as Error).message)).toBeTruthy();
    expect(told(error)).not.toContain(value);
    const bad = await controlDb()
      .user.create({ data: { email: value, passwordHash: value, nonsense: value } as never })
      .catch((reason: unknown) => reason);
    expect(told(bad)).not.toContain(value);
    expect(told(bad)).toMatch(/Prisma/);
  });
});
