import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { newSecrets, secretsFile, writeSecrets } from "@/lib/platform/kept-secrets";
import { type Check, examine, ok, summaryOf, warning } from "./check";
import { drift } from "./clocks";
import { collector } from "./fleet-checks";
import { folderChecks, roomWords } from "./folder-checks";
import { portChecks } from "./port-checks";
import { certificate, holder } from "./remote-checks";
import { nodeVersion, packages } from "./software-checks";

const folder = mkdtempSync(join(tmpdir(), "tenantry-doctor-"));
afterAll(() => rmSync(folder, { recursive: true }));

const statesOf = async (checks: Check[]) =>
  Object.fromEntries((await examine(checks)).map(({ id, state, words }) => [id, `${state}: ${words}`]));

describe("checks", () => {
  const check = (id: string, look: Check["look"], needs: string[] = []): Check => ({
    id,
    about: `the ${id}`,
    needs,
    look,
  });

  test("that throw or never end are wrong, and what needs them is not looked at", async () => {
    let looked = false;
    const look = () => {
      looked = true;
      return ok("Fine.");
    };
    const findings = await examine(
      [
        check("good", () => ok("Fine.")),
        check("old", () => warning("Old.", "Renew it.")),
        check("thrown", () => Promise.reject(new Error("It broke."))),
        check("endless", () => delay(600_000, ok("Never."), { ref: false })),
        check("after", () => ok("Fine."), ["good", "old"]),
        check("behind", look, ["good", "thrown"]),
      ],
      { patienceMs: 50 },
    );
    expect(findings.map(({ state }) => state)).toEqual(["ok", "warning", "wrong", "wrong", "ok", "unchecked"]);
    expect(findings[2]).toMatchObject({ words: "It broke.", todo: expect.any(String) });
    expect(findings[5]?.words).toContain("the thrown");
    expect(looked).toBe(false);
    expect(summaryOf(findings)).toEqual({ ok: 2, warning: 1, wrong: 2, unchecked: 1 });
  });

  test("stop between two of them when they are aborted", async () => {
    const stop = new AbortController();
    const checks = [check("one", () => ok(String(stop.abort()))), check("two", () => ok("Fine."))];
    await expect(examine(checks, { signal: stop.signal })).rejects.toThrow(/abort/);
  });
});

describe("software", () => {
  test("is as new as the package wants it", () => {
    const wanted = { engines: { node: ">=20.19" } };
    expect([
      nodeVersion("20.18.9", wanted),
      nodeVersion("20.19.0", wanted),
      nodeVersion("24.0.0", wanted),
    ]).toMatchObject([{ state: "wrong", todo: expect.stringContaining("20.19") }, { state: "ok" }, { state: "ok" }]);
  });

  test("is installed in the versions that the package names", () => {
    const root = join(folder, "root");
    const put = (path: string, content: object) => {
      mkdirSync(join(root, path), { recursive: true });
      writeFileSync(join(root, path, "package.json"), JSON.stringify(content));
    };
    put(".", { dependencies: { one: "1.0.0", two: "2.0.0", three: "^3.0.0" } });
    put("node_modules/one", { version: "1.0.0" });
    put("node_modules/three", { version: "3.4.5" });
    expect(packages(root)).toMatchObject({ state: "wrong", words: expect.stringContaining("two is missing") });
    put("node_modules/two", { version: "2.0.1" });
    expect(packages(root)).toMatchObject({ state: "wrong", words: expect.stringContaining("two has another version") });
    put("node_modules/two", { version: "2.0.0" });
    expect(packages(root)).toMatchObject({ state: "ok", words: "3 packages" });
  });
});

describe("the data folder", () => {
  const data = join(folder, "data");

  test("is needed only where the environment does not give what it keeps", async () => {
    expect(await statesOf(folderChecks({ folder: data, needed: true }))).toMatchObject({
      folder: expect.stringMatching(/^wrong: There is none at/),
      rights: expect.stringMatching(/^unchecked/),
    });
    expect((await statesOf(folderChecks({ folder: data, needed: false }))).folder).toMatch(/^unchecked/);
  });

  test("keeps its secrets whole and to itself", async () => {
    mkdirSync(data);
    const look = () => statesOf(folderChecks({ folder: data, needed: true }));
    expect((await look()).secrets).toMatch(/^wrong: .*secrets\.json is missing/);
    writeFileSync(secretsFile(data), "");
    expect((await look()).secrets).toMatch(/^wrong: .*is empty/);
    writeSecrets(data, newSecrets());
    mkdirSync(join(data, "postgres"), { mode: 0o700 });
    expect(await look()).toMatchObject({ secrets: "ok: They are whole.", rights: "ok: Only their owner." });
    chmodSync(secretsFile(data), 0o640);
    expect((await look()).rights).toMatch(/^wrong: .*secrets\.json has the rights 640/);
    writeSecrets(data, { ...newSecrets(), oldSecretKeys: ["old"] });
    expect((await look()).secrets).toMatch(/^warning: 1 former/);
  });

  test("has room for what PostgreSQL writes", () => {
    const gib = 2 ** 30;
    expect([
      roomWords(0.1 * gib, 100 * gib),
      roomWords(4 * gib, 100 * gib),
      roomWords(50 * gib, 100 * gib),
    ]).toMatchObject([
      { state: "wrong" },
      { state: "warning" },
      { state: "ok", words: "50.0 GiB of 100.0 GiB are free." },
    ]);
  });
});

describe("a port", () => {
  const listening = async (answer: string) => {
    const server = createServer((_, response) => response.end(answer));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return { port, close: () => new Promise((resolve) => server.close(resolve)) };
  };
  const look = async (port: number, running: boolean) => {
    const ports = { host: "0.0.0.0", web: port, app: port, database: { wanted: port, running: undefined }, running };
    return await statesOf(portChecks(ports));
  };

  test("is free while Tenantry does not run, and ours while it does", async () => {
    const other = await listening("<p>something else</p>");
    expect(await look(other.port, false)).toEqual({
      web: expect.stringMatching(/^wrong: Port \d+ is taken/),
      app: expect.stringMatching(/^wrong: Port \d+ is taken/),
      "database-port": expect.stringMatching(/^wrong: Port \d+ is taken/),
    });
    await other.close();
    expect(Object.values(await look(other.port, false))).toEqual(
      Array(3).fill("ok: It is free, and Tenantry is not running."),
    );
    expect(await look(other.port, true)).toMatchObject({
      web: expect.stringMatching(/^wrong: Nothing listens/),
      app: expect.stringMatching(/^warning: Nothing listens/),
    });
    const own = await listening('{"state":"ok"}');
    expect(await look(own.port, true)).toMatchObject({
      web: "ok: The console answers.",
      app: expect.stringMatching(/^ok/),
    });
    await own.close();
  });
});

test("a clock that is away is a warning, and wrong once codes are refused", () => {
  const now = new Date("2027-01-31T12:00:00Z");
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  expect([1, 10, -40].map((seconds) => drift("It", later(seconds), now).state)).toEqual(["ok", "warning", "wrong"]);
});

test("a round long ago is wrong", () => {
  const now = new Date("2027-01-31T12:00:00Z");
  const ago = (seconds: number) => collector({ servers: 1, at: new Date(now.getTime() - seconds * 1000) }, now).state;
  expect([ago(3), ago(600), collector({ servers: 0, at: null }, now).state]).toEqual(["ok", "wrong", "unchecked"]);
});

test("a certificate and a key that end soon are warnings", () => {
  const now = new Date("2027-01-31T12:00:00Z");
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
  expect([-1, 5, 90].map((count) => certificate(days(count), now).state)).toEqual(["wrong", "warning", "ok"]);
  const key = {
    ...{
      kind: "key" as const,
      name: "key ci",
      permissions: ["tenants:read" as const],
      scope: { kind: "all" as const },
    },
    requestsPerMinute: 60,
  };
  expect(holder({ ...key, expiresAt: null }, now)).toMatchObject({
    state: "ok",
    words: "key ci: 1 rights (tenants:read), on all tenants; 60 requests a minute; it does not expire.",
  });
  expect(holder({ ...key, expiresAt: days(3).toISOString() }, now).state).toBe("warning");
});
