import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { mark } from "@/lib/tenants/steps";
import { nouns } from "../nouns";
import { alone, tenantry } from "../testing";

// Programs are started, each of which reads all its code first.
vi.setConfig({ testTimeout: 180_000 });

let control: TestControl;
let server: string;
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));

beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("acme");
  server = (await controlDb().server.findFirstOrThrow()).name;
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});

/** Commands end the process's connection to the database; the next one opens another. */
const json = async (...args: string[]) => {
  const { code, out, said } = await tenantry(...args, "--json");
  expect(out, said).not.toBe("");
  return { code, said, told: JSON.parse(out) };
};

describe("the fleet", () => {
  test("is told at a glance, with what is unknown as a dash and not as 0", async () => {
    const { code, out } = await tenantry("fleet", "overview");
    expect(code).toBe(0);
    expect(out).toMatch(/^Tenants +1 \(1 active\)$/m);
    expect(out).toMatch(/^All cpu +–$/m);
    expect((await json("fleet", "overview")).told).toMatchObject({ tenants: 1, totals: expect.any(Object) });
  });

  test("that is not well is exit code 7, with each part's words", async () => {
    const { code, told, said } = await json("fleet", "health");
    expect({ code, state: told.state }).toEqual({ code: 7, state: expect.stringMatching(/degraded|down/) });
    expect(told.parts.length).toBeGreaterThan(3);
    expect(said).toMatch(/Overall it is/);
  });

  test.each(["monitor", "connections", "pool", "performance", "memory", "system", "caches", "orphans"])(
    "%s is a table for people and the API's answer for programs",
    async (name) => {
      const words = await tenantry("fleet", name);
      expect(words.code).toBe(0);
      expect(`${words.out}${words.said}`.trim()).not.toBe("");
      expect((await json("fleet", name)).told).toEqual(expect.any(Object));
    },
  );

  test("forgets its caches once it is told to", async () => {
    const dry = await tenantry("fleet", "caches", "clear", "resolutions", "--dry-run");
    expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/Would call caches.clear .*resolutions/) });
    expect((await json("fleet", "caches", "clear", "resolutions")).told).toMatchObject({ cleared: ["resolutions"] });
    expect((await tenantry("fleet", "caches", "clear", "everything")).code).toBe(2);
  });

  test("is watched as often as asked for", async () => {
    const { code, out } = await tenantry("fleet", "watch", "--times", "2");
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toEqual(Array(2).fill(expect.stringMatching(/^\d\d:\d\d:\d\dZ {2}cpu /)));
    expect((await tenantry("fleet", "watch", "--times", "0")).code).toBe(2);
  });
});

describe("a diagnosis", () => {
  const findings = async () => (await json("fleet", "diagnose")).told.findings as { rule: string; mendable: boolean }[];

  test("is exit code 7 while something is wrong; --fix mends what can be mended, once it is meant", async () => {
    // Its role may still sign in, although the registry says that it is locked.
    const { id, role, database } = await controlDb().tenant.findFirstOrThrow({ where: { slug: "acme" } });
    await control.sql(`COMMENT ON ROLE "${role}" IS '${mark(id)}'; COMMENT ON DATABASE "${database}" IS '${mark(id)}'`);
    await control.sql("UPDATE tenants SET status = 'suspended' WHERE slug = 'acme'");
    const before = await json("fleet", "diagnose");
    expect(before.code).toBe(7);
    const mendable = before.told.findings.filter((one: { mendable: boolean }) => one.mendable);
    expect(mendable.length).toBeGreaterThan(0);
    const words = await tenantry("fleet", "diagnose", "--server", server);
    expect(words).toMatchObject({
      code: 7,
      out: expect.stringMatching(/acme/),
      said: expect.stringMatching(/finding/),
    });
    const asked = await tenantry("fleet", "diagnose", "--fix");
    expect(asked).toMatchObject({ code: 2, said: expect.stringMatching(/--yes/) });
    const dry = await tenantry("fleet", "diagnose", "--fix", "--dry-run");
    expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/Would call fleet.mend/) });
    expect((await findings()).filter((one) => one.mendable).length).toBe(mendable.length);
    const fixed = await json("fleet", "diagnose", "--fix", "--yes");
    expect(fixed.told.results.map(({ outcome }: { outcome: string }) => outcome)).toContain("mended");
    expect((await findings()).filter((one) => one.mendable).length).toBeLessThan(mendable.length);
    await control.sql("UPDATE tenants SET status = 'active' WHERE slug = 'acme'");
  });
});

describe("analytics", () => {
  test("are tables that say of which time they are", async () => {
    const commands = (await nouns.analytics?.load()) ?? [];
    expect(commands.length).toBe(10);
    for (const { path } of commands) {
      const args = path.split(" ").map((word) => ({ "<tenant>": "acme", "<server>": server })[word] ?? word);
      const { code, said } = await tenantry(...args);
      expect({ path, code }).toEqual({ path, code: 0 });
      expect(said).toMatch(path.endsWith("forecast") ? /\w/ : /to \d{4}-\d\d-\d\d .*measured up to/);
      expect((await json(...args)).said).toBe("");
    }
  });

  test("are asked for rightly", async () => {
    for (const wrong of [
      ["--range", "2h"],
      ["--from", "yesterday"],
    ]) {
      expect((await tenantry("analytics", "overview", ...wrong)).code).toBe(2);
    }
    expect((await tenantry("analytics", "tenant", "nobody")).code).toBe(4);
  });
});

describe("the audit trail", () => {
  test("is listed and each of its events shown", async () => {
    const { told } = await json("audit", "list", "--operation", "caches.clear");
    const [event] = told.events;
    expect(event).toMatchObject({ operation: "caches.clear", actor: "CLI on the host", outcome: "done" });
    const shown = await tenantry("audit", "show", event.id);
    expect(shown).toMatchObject({ code: 0, out: expect.stringMatching(/^What +caches.clear$/m) });
    expect((await tenantry("audit", "show", "999999999")).code).toBe(4);
    expect((await tenantry("audit", "signer")).out).toMatch(/^[\w:+/=-]{16,}\n$/);
  });
});

test("another registry's tenants are planned in a dry run, and adopted after", async () => {
  await control.sql("CREATE DATABASE tenantlegacy", [], "postgres");
  try {
    const dump = join(folder, "central.sql");
    writeFileSync(
      dump,
      `-- PostgreSQL database dump\nCREATE TABLE public.tenants (id character varying(255) NOT NULL, data json);
COPY public.tenants (id, data) FROM stdin;\nlegacy\t{"name": "Legacy", "tenancy_db_name": "tenantlegacy"}\nlost\t{"name": "Lost"}\n\\.\n
CREATE TABLE public.domains (id integer NOT NULL, domain character varying(255), tenant_id character varying(255));
COPY public.domains (id, domain, tenant_id) FROM stdin;\n1\tlegacy.example.com\tlegacy\n\\.\n--\n-- PostgreSQL database dump complete\n--\n`,
    );
    const outcomes = ({ told }: Awaited<ReturnType<typeof json>>) =>
      Object.fromEntries(told.tenants.map((one: { key: string; outcome: string }) => [one.key, one.outcome]));
    const planned = await json("import-registry", dump, "--server", server, "--dry-run");
    expect(planned).toMatchObject({ code: 0, told: { dryRun: true } });
    expect(outcomes(planned)).toEqual({ legacy: "adopt", lost: "left" });
    expect(await controlDb().tenant.count({ where: { slug: "legacy" } })).toBe(0);
    const asked = await tenantry("import-registry", dump, "--server", server);
    expect(asked).toMatchObject({ code: 2, said: expect.stringMatching(/give --yes/) });
    const done = await json("import-registry", dump, "--server", server, "--yes");
    expect(outcomes(done)).toEqual({ legacy: "adopted", lost: "left" });
    expect(await controlDb().tenant.count({ where: { slug: "legacy" } })).toBe(1);
    expect((await tenantry("import-registry", join(folder, "none.sql"), "--server", server, "--yes")).code).not.toBe(0);
    expect((await tenantry("import-registry", dump, "--yes")).code).toBe(2);
  } finally {
    await control.sql("DROP DATABASE tenantlegacy WITH (FORCE)", [], "postgres");
  }
});

test("another registry is read as its options say: other tables, names, statuses, connections and slugs", async () => {
  await control.sql("CREATE DATABASE shop_k1_db", [], "postgres");
  try {
    const dump = join(folder, "other.sql");
    writeFileSync(
      dump,
      `-- PostgreSQL database dump
CREATE TABLE hub.clients (id character varying(255) NOT NULL, data json);
COPY hub.clients (id, data) FROM stdin;
k1\t{"name": "K One", "tenancy_db_connection": "mysql", "plan": "gold", "status": "trialing"}
k2\t{"name": "K Two", "tenancy_db_connection": "sqlsrv"}
\\.
CREATE TABLE hub.hosts (id integer NOT NULL, domain character varying(255), tenant_id character varying(255));
COPY hub.hosts (id, domain, tenant_id) FROM stdin;
1\tkone\tk1
\\.
--
-- PostgreSQL database dump complete
--
`,
    );
    const where = ["--tenants", "clients", "--domains", "hosts", "--schema", "hub", "--central-domain", "example.com"];
    const names = ["--database-prefix", "shop_", "--database-suffix", "_db", "--slug", "k1=kay-one"];
    const means = ["--connection", "mysql=pgsql", "--status", "trialing=active", "--plan", "business"];
    const asked = ["import-registry", dump, "--server", server, ...where, ...names, ...means];
    const done = await alone(process.env as Record<string, string>, ...asked, "--yes", "--json");
    expect(done.code, done.said).toBe(0);
    expect(JSON.parse(done.out).tenants).toEqual([
      expect.objectContaining({ key: "k1", outcome: "adopted", slug: "kay-one", database: "shop_k1_db" }),
      expect.objectContaining({ key: "k2", outcome: "left", words: expect.stringMatching(/sqlsrv/) }),
    ]);
    const made = await controlDb().tenant.findUniqueOrThrow({ where: { slug: "kay-one" }, include: { domains: true } });
    expect(made).toMatchObject({ name: "K One", plan: "business", domains: [{ hostname: "kone.example.com" }] });
    const wrong = await tenantry(...asked, "--slug", "k1", "--yes");
    expect(wrong).toMatchObject({ code: 2, said: expect.stringMatching(/--slug takes two words with = between them/) });
  } finally {
    await control.sql("DROP DATABASE shop_k1_db WITH (FORCE)", [], "postgres");
  }
});

test("what is asked with a terminal away is no stack trace, as a program", async () => {
  const { code, said } = await alone({ TENANTRY_DATA_DIR: join(folder, "none") }, "fleet", "overview");
  expect({ code, said }).toEqual({ code: 4, said: expect.stringMatching(/no installation/) });
});
