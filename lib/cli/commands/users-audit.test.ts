import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { person } from "@/lib/access/testing";
import { passwordThrottles } from "@/lib/accounts/guessing";
import { countAttempt } from "@/lib/accounts/throttle";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { alone, tenantry } from "../testing";

let control: TestControl;
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));
const file = join(folder, "trail.jsonl");

beforeAll(async () => {
  control = await testControl();
  await person("owner", "owner");
  await person("ada", "admin");
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});

const ada = () => controlDb().user.findUniqueOrThrow({ where: { email: "ada@example.com" } });

describe("users", () => {
  test("are listed, deactivated and let in again", async () => {
    const listed = await tenantry("users", "list");
    expect(listed).toMatchObject({
      code: 0,
      out: expect.stringMatching(/ada@example.com\tadmin\tactive\tsecond factor\tall tenants/),
    });
    await expect(tenantry("users", "deactivate", "ADA@example.com", "--yes")).resolves.toMatchObject({ code: 0 });
    expect((await ada()).deactivatedAt).not.toBeNull();
    await expect(tenantry("users", "activate", "ada@example.com")).resolves.toMatchObject({ code: 0 });
    expect((await ada()).deactivatedAt).toBeNull();
  });

  test("get a link to set a password, lose a second factor, and wait no more", async () => {
    const link = await tenantry("users", "password-link", "ada@example.com");
    expect(link).toMatchObject({ code: 0, out: expect.stringMatching(/^http.*\/new-password\/[\w-]{43}\n$/) });
    await expect(tenantry("users", "reset-second-factor", "ada@example.com", "--yes")).resolves.toMatchObject({
      code: 0,
    });
    expect((await ada()).totpConfirmedAt).toBeNull();
    const { own, others } = passwordThrottles({ email: "ada@example.com", address: "10.0.0.1", known: false });
    await countAttempt([own, ...others], new Date());
    const unlocked = await tenantry("users", "unlock", "ada@example.com", "--json");
    expect(unlocked).toMatchObject({ code: 0, out: '{"removed":3}\n' });
    const { rows } = await control.sql("SELECT operation, actor FROM audit_events ORDER BY id DESC LIMIT 1");
    expect(rows).toEqual([{ operation: "users.unlock", actor: "CLI on the host" }]);
  });

  test("stay when they are unknown, or the last owner", async () => {
    const unknown = await tenantry("users", "unlock", "nobody@example.com");
    expect(unknown).toMatchObject({ code: 4, said: expect.stringMatching(/no user nobody@example.com/) });
    const last = await tenantry("users", "deactivate", "owner@example.com", "--yes");
    expect(last).toMatchObject({ code: 5, said: expect.stringMatching(/last active owner/) });
  });
});

describe("audit", () => {
  test("is exported and checked where there is no installation", async () => {
    await expect(tenantry("audit", "export", file)).resolves.toMatchObject({ code: 0, out: "" });
    const again = await tenantry("audit", "export", file);
    expect(again).toMatchObject({ code: 5, said: expect.stringMatching(/exists already/) });
    const key = join(folder, "key.pem");
    writeFileSync(key, (await tenantry("audit", "public-key")).out);
    const none = { TENANTRY_DATA_DIR: join(folder, "none") };
    const own = await alone(none, "audit", "check-export", file);
    expect(own).toMatchObject({ code: 0, out: expect.stringMatching(/The key came with the file/) });
    const told = await tenantry("audit", "check-export", file, "--public-key", key);
    expect(told).toMatchObject({ code: 0, out: expect.not.stringMatching(/came with the file/) });
    writeFileSync(file, readFileSync(file, "utf8").replace("ada@example.com", "eve@example.com"));
    const changed = await tenantry("audit", "check-export", file, "--public-key", key);
    expect(changed).toMatchObject({ code: 7, out: "", said: expect.stringMatching(/is not what was signed/) });
  });

  test("is wrongly asked for with another format or time: exit code 2", async () => {
    for (const wrong of [
      ["--format", "pdf"],
      ["--from", "yesterday"],
    ]) {
      await expect(tenantry("audit", "export", ...wrong)).resolves.toMatchObject({ code: 2, out: "" });
    }
    const { DATABASE_URL = "", TENANTRY_SECRET_KEY = "" } = process.env;
    const csv = await alone(
      { DATABASE_URL, TENANTRY_SECRET_KEY },
      "audit",
      "export",
      "--format",
      "csv",
      "--to",
      "2020-01-01",
    );
    expect(csv.out).toMatch(/^id,createdAt.*\r\n$/);
  });

  test("is verified, and fails with the first bad row", async () => {
    const good = await tenantry("audit", "verify");
    expect(good).toMatchObject({
      code: 0,
      out: expect.stringMatching(/is intact: \d+ links .*\nIts end.*: \d+:\w{64}\n$/),
    });
    const end = good.out.trim().split(" ").at(-1) ?? "";
    await expect(tenantry("audit", "verify", "--noted", end)).resolves.toMatchObject({ code: 0 });
    await control.sql("SET session_replication_role = replica; UPDATE audit_events SET actor = 'eve' WHERE id = 2");
    const bad = await tenantry("audit", "verify");
    expect(bad).toMatchObject({
      code: 7,
      out: "",
      said: expect.stringMatching(/not intact. Row 2 is not as it was written/),
    });
    const json = await tenantry("audit", "verify", "--json");
    expect(JSON.parse(json.out)).toMatchObject({ intact: false, firstBad: { id: "2" } });
    expect(json.code).toBe(7);
  });
});
