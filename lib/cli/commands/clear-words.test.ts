import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { person } from "@/lib/access/testing";
import { makeRun } from "@/lib/bulk/testing-runs";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { tenantry } from "../testing";

let control: TestControl;
let acme: TestTenant;
let birch: TestTenant;
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));

beforeAll(async () => {
  control = await testControl();
  acme = await control.makeTenant("acme");
  birch = await control.makeTenant("birch");
  await person("owner", "owner");
  await person("ada", "admin");
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});

const audited = async () => (await control.sql("SELECT count(*)::int AS events FROM audit_events")).rows[0].events;

describe("a tenant", () => {
  test("loses its tags by --no-tags, and of --tags and --no-tags the last one counts", async () => {
    const tags = async () => (await controlDb().tenant.findUniqueOrThrow({ where: { id: acme.id } })).tags;
    for (const [given, expected] of [
      [
        ["--tags", "eu,vip"],
        ["eu", "vip"],
      ],
      [["--no-tags"], []],
      [["--no-tags", "--tags", "eu"], ["eu"]],
      [["--tags", "us", "--no-tags"], []],
    ] as const) {
      expect(await tenantry("tenants", "edit", "acme", ...given)).toMatchObject({ code: 0 });
      expect(await tags()).toEqual(expected);
    }
  });

  test("whose status is none is told so before anything is asked", async () => {
    const { code, said } = await tenantry("tenants", "status", "acme", "foo");
    expect({ code, said }).toEqual({ code: 2, said: expect.stringMatching(/no status foo to choose.*suspended/) });
  });

  test("can't have a slug that is none, and another is offered", async () => {
    const { code, said } = await tenantry("tenants", "create", "Bad Slug!");
    expect({ code, said }).toEqual({
      code: 2,
      said: expect.stringMatching(/"Bad Slug!" can't be a slug: .* such as bad-slug, .* --name "Bad Slug!"/),
    });
    expect((await tenantry("tenants", "create", "ad")).said).not.toContain("Write such as");
  });
});

describe("an operation on the host", () => {
  test("answers with the fields that were asked for, and names those there are", async () => {
    const some = await tenantry("api", "tenants.list", "--field", "fields=slug,id", "--field", "search=acme", "--json");
    expect(some.said).toBe("");
    expect(JSON.parse(some.out)).toMatchObject({ total: 1, tenants: [{ id: acme.id, slug: "acme" }] });
    expect(Object.keys(JSON.parse(some.out).tenants[0]).sort()).toEqual(["id", "slug"]);
    const none = await tenantry("api", "tenants.list", "--field", "fields=nmae");
    expect(none).toMatchObject({ code: 2, said: expect.stringMatching(/fields: Name some of these.*slug/) });
  });

  test("takes a field's value as it is, commas included", async () => {
    const plan = ["runs", "plan", "suspend", "--tenant", "acme", "--field", "reason=Unpaid, since May", "--json"];
    expect(JSON.parse((await tenantry(...plan)).out)).toMatchObject({ input: { reason: "Unpaid, since May" } });
  });

  test("refuses a field that it has not, also within JSON", async () => {
    const wrong = await tenantry("api", "tenants.list", "--input", '{"serach":"acme"}');
    expect(wrong).toMatchObject({ code: 2, said: expect.stringMatching(/has no field serach.*search.*fields/) });
  });

  test("that changes something needs --yes where nobody can be asked, as a run's second try does", async () => {
    const before = await audited();
    const run = await makeRun([acme]);
    for (const args of [
      ["api", "tenants.setStatus", "--field", `id=${acme.id}`, "--field", "status=suspended"],
      ["runs", "retry", run],
      ["tenants", "rotate-secret", "acme"],
      ["tenants", "maintenance", "start", "acme"],
      ["users", "end-sessions", "ada@example.com"],
      ["users", "deactivate", "ada@example.com"],
      ["ip-rules", "remove", "203.0.113.0/24"],
      ["invitations", "withdraw", "grace@example.com"],
    ]) {
      const { code, out, said } = await tenantry(...args);
      expect({ args, code, out, said }).toEqual({ args, code: 2, out: "", said: expect.stringMatching(/give --yes/) });
    }
    expect(await audited()).toBe(before);
  });

  test("shows no secret of its input in a dry run, at whatever depth it is", async () => {
    const deep = [{ password: "hidden-2", of: { clientSecret: { is: "hidden-3" }, apiToken: ["hidden-4"] } }];
    const input = JSON.stringify({ note: "shown, and whole", input: { secret: "hidden-1", deep } });
    const far = ["--url", "http://127.0.0.1:1", "--key", "tk_none"];
    const { code, out } = await tenantry("api", "bulk.plan.vacuum", "--input", input, "--dry-run", "--json", ...far);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      ...{ dryRun: true, operation: "bulk.plan.vacuum" },
      input: {
        note: "shown, and whole",
        input: { secret: "…", deep: [{ password: "…", of: { clientSecret: "…", apiToken: "…" } }] },
      },
    });
  });
});

describe("a key", () => {
  test("tells what it can have, and what was probably meant", async () => {
    const far = await tenantry("keys", "create", "k", "--permissions", "foo:bar");
    expect(far).toMatchObject({
      code: 2,
      said: expect.stringMatching(/There is no permission foo:bar\. An API key can have: .*tenants:read/),
    });
    const near = await tenantry("keys", "create", "k", "--permissions", "tenant:read");
    expect(near).toMatchObject({ code: 2, said: expect.stringMatching(/Did you mean tenants:read\?/) });
    const people = await tenantry("keys", "create", "k", "--permissions", "keys:create");
    expect(people).toMatchObject({ code: 2, said: expect.stringMatching(/only people may/) });
    const role = await tenantry("roles", "save", "night", "--permissions", "keys:craete");
    expect(role).toMatchObject({ code: 2, said: expect.stringMatching(/Did you mean keys:create\?/) });
  });

  test("says when it ends, which is after 90 days unless told", async () => {
    expect((await tenantry("keys", "create", "--help")).out).toMatch(/90 unless\s+told/);
    const usual = await tenantry("keys", "create", "usual", "--permissions", "tenants:read");
    expect(usual).toMatchObject({
      code: 0,
      said: expect.stringMatching(/it ends 20\d\d-.*Z \(90 days, unless --expires-in-days/),
    });
    const own = await tenantry("keys", "create", "own", "--permissions", "tenants:read", "--expires-in-days", "5");
    expect(own.said).toMatch(/it ends 20/);
    expect(own.said).not.toContain("90 days");
  });
});

test("invitations are made, listed, shown and withdrawn, whatever case an address is written in", async () => {
  const made = await tenantry(
    "invitations",
    "create",
    "Grace@example.com",
    "--role",
    "viewer",
    "--reach",
    "region:eu-1",
  );
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^http.*\n$/) });
  expect((await tenantry("invitations", "list")).out).toMatch(/^grace@example.com\tviewer\t/);
  expect((await tenantry("invitations", "show", "GRACE@example.com")).out).toMatch(/^Role +viewer$/m);
  const gone = await tenantry("invitations", "withdraw", "grace@EXAMPLE.com", "--yes");
  expect(gone).toMatchObject({ code: 0, out: "The invitation of grace@example.com is withdrawn.\n" });
  const none = await tenantry("invitations", "show", "grace@example.com");
  expect(none).toMatchObject({
    code: 4,
    said: expect.stringMatching(/no invitation of grace.*tenantry invitations list/),
  });
  await controlDb().user.update({ where: { email: "ada@example.com" }, data: { email: "Ada@example.com" } });
  expect(await tenantry("users", "show", "ADA@EXAMPLE.com")).toMatchObject({ code: 0 });
  await controlDb().user.update({ where: { email: "Ada@example.com" }, data: { email: "ada@example.com" } });
});

describe("a run", () => {
  test("is named by its id; what can be none is told with where ids are", async () => {
    for (const args of [["show"], ["items"], ["watch"], ["confirm"], ["cancel"]]) {
      const { code, said } = await tenantry("runs", ...args, "nosuch", "--yes");
      expect({ args, code, said }).toEqual({
        args,
        code: 4,
        said: expect.stringMatching(/"nosuch" is no run.*runs list/),
      });
    }
  });

  test("is confirmed with the digest that was seen, and with no other", async () => {
    const planned = JSON.parse((await tenantry("runs", "plan", "vacuum", "--tenant", "birch", "--json")).out);
    const status = async () => (await controlDb().bulkRun.findUniqueOrThrow({ where: { id: planned.id } })).status;
    expect((await tenantry("runs", "show", planned.id)).out).toContain(planned.digest);
    const other = await tenantry("runs", "confirm", planned.id, "--digest", "another", "--yes");
    expect(other).toMatchObject({ code: 5, said: expect.stringMatching(/is not the one that was seen/) });
    expect(await status()).toBe("planned");
    const same = await tenantry("runs", "confirm", planned.id, "--digest", planned.digest, "--yes");
    expect(same).toMatchObject({ code: 0 });
    expect(await status()).toBe("running");
  });

  test("that failed says why, of one tenant and of the first of many", async () => {
    const run = await makeRun([acme, birch]);
    await controlDb().bulkItem.updateMany({
      where: { runId: run },
      data: { status: "failed", words: "No room on disk." },
    });
    await controlDb().bulkRun.update({ where: { id: run }, data: { status: "finished", finishedAt: new Date() } });
    const { code, said } = await tenantry("runs", "watch", run);
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringMatching(/acme: No room on disk\.\n.*birch: No room on disk\.\n.*2 tenants of 2 failed/),
    });
  });
});

test("an export that has no place to go to is refused before it begins", async () => {
  const runs = await controlDb().bulkRun.count();
  writeFileSync(join(folder, "there.sql.gz"), "mine");
  const taken = await tenantry("tenants", "export", "acme", join(folder, "there.sql.gz"));
  expect(taken).toMatchObject({ code: 5, said: expect.stringMatching(/exists already\. Name a new one/) });
  const nowhere = await tenantry("tenants", "export", "acme", join(folder, "none", "acme.sql.gz"));
  expect(nowhere).toMatchObject({ code: 4, said: expect.stringMatching(/folder can't be written to \(ENOENT\)/) });
  expect(await controlDb().bulkRun.count()).toBe(runs);
  expect(readdirSync(folder)).toEqual(["there.sql.gz"]);
});
