import type { ChildProcess } from "node:child_process";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/access/testing";
import { killWorker, startWorker } from "@/lib/bulk/testing-killed";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type ServedApi, serveApi } from "@/lib/http/testing-api";
import { keyPermissions } from "@/lib/kernel/permissions";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { rules, trialOf } from "./docs-tried";
import { documents, type Fence, fencesOf } from "./testing-docs";
import { docsShell } from "./testing-docs-shell";

vi.setConfig({ testTimeout: 180_000 });

const all = documents.flatMap(fencesOf);
const shells = all.filter(({ lang }) => ["sh", "bash"].includes(lang));
const programs = ["ts", "js"];
const run = shells.filter((fence) => (trialOf(fence)?.how ?? "run") === "run");
const nameOf = ({ file, line }: Fence) => `${file}:${line}`;

let made = 0;
let control: TestControl;
let api: ServedApi;
let worker: ChildProcess;
let shell: Awaited<ReturnType<typeof docsShell>>;
const folder = mkdtempSync(join(tmpdir(), "tenantry-docs-"));
const known: Record<string, string> = {};

beforeAll(async () => {
  vi.stubEnv("REPORT_DIR", join(folder, "reports"));
  vi.stubEnv("EXPORT_DIR", join(folder, "exports"));
  vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:9");
  vi.stubEnv("MAIL_FROM", "reports@example.com");
  control = await testControl();
  api = await serveApi();
  const [cedar, dune] = [await control.makeTenant("cedar"), await control.makeTenant("dune")];
  await controlDb().server.updateMany({ data: { name: "embedded" } });
  for (const [name, role] of [["owner", "owner"] as const, ["ada", "admin"] as const]) await person(name, role);
  const { secret } = await perform(createKey, as("system"), { name: "docs", permissions: [...keyPermissions] });
  Object.assign(known, { URL: api.url, KEY: secret, TENANTRY_URL: api.url });
  Object.assign(known, { TENANTRY_API_KEY: secret, ID: cedar.id, id: cedar.id, A: cedar.id, B: dune.id });
  shell = await docsShell(folder, known);
  worker = await startWorker(process.env);
}, 120_000);
afterAll(async () => {
  if (worker) await killWorker(worker);
  shell?.close();
  api?.close();
  await stopCounting();
  await control?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A block as it is on this installation: its addresses, and the ids and keys that stand for others. */
function here(code: string): string {
  return code
    .replace(/https?:\/\/(localhost:3000|console\.example\.com|tenantry\.example\.com)/g, known.URL ?? "")
    .replaceAll("01924f6e-0000-7000-8000-000000000000", known.ID ?? "")
    .replace("tnt_…", known.KEY ?? "");
}

describe("every code block", () => {
  test("is run, or is listed with the reason why not", () => {
    const untried = all.filter((fence) => !trialOf(fence) && !shells.includes(fence) && !programs.includes(fence.lang));
    expect(untried.map(nameOf)).toEqual([]);
  });

  test("that is listed is there", () => {
    const idle = rules.filter(({ file, begins }) => !fencesOf(file).some(({ code }) => begins.test(code)));
    expect(idle.map(({ file, begins }) => `${file} ${begins}`)).toEqual([]);
  });

  test("that another test tries is tried by one that is there", () => {
    for (const { trial } of rules) if (trial.how === "elsewhere") expect(existsSync(trial.by), trial.by).toBe(true);
  });
});

describe("as a shell reads it", () => {
  test.each(shells.map((fence) => [nameOf(fence), fence] as const))("%s is a script", (_, { code }) => {
    expect(() => execFileSync("bash", ["-n", "-c", code], { stdio: "pipe" })).not.toThrow();
  });
});

describe("an example that is only looked up", () => {
  const scripts = JSON.parse(readFileSync("package.json", "utf8")).scripts as Record<string, string>;
  const looked = shells.filter((fence) => trialOf(fence)?.how === "looked up");

  test.each(looked.map((fence) => [nameOf(fence), fence] as const))("%s names what is there", async (_, { code }) => {
    for (const line of code.split("\n").map((one) => one.replace(/\s+#.*$/, ""))) {
      const [, script] = /^npm (?:run )?(?:--silent )?([\w:]+)/.exec(line) ?? [];
      if (script !== undefined) expect([...Object.keys(scripts), "install"]).toContain(script);
      const [, bench] = /^npm run bench -- (\w+)/.exec(line) ?? [];
      if (bench !== undefined) expect(existsSync(`bench/${bench}.ts`), line).toBe(true);
      const [, paths] = /^npx vitest run (.*)$/.exec(line) ?? [];
      for (const path of paths?.split(" ") ?? []) expect(existsSync(path), path).toBe(true);
      const [, words] = /^tenantry (.*)$/.exec(line) ?? [];
      if (words !== undefined) expect((await shell.bash(`tenantry ${words} --help`)).code, line).toBe(0);
    }
  });
});

describe.each([...new Set(run.map(({ file }) => file))])("the examples of %s", (file) => {
  // What one document's examples change, the next one finds undone: there is always a tenant as they are when made.
  beforeAll(async () => {
    await control.makeTenant(`new-${++made}`);
    await controlDb().tenant.updateMany({ where: { slug: `new-${made}` }, data: { plan: "business" } });
  });

  test.each(run.filter((fence) => fence.file === file).map((fence) => [fence.line, fence] as const))(
    "from line %i on do what they say",
    async (_, fence) => {
      const trial = trialOf(fence);
      const { code, out, said } = await shell.bash(here(fence.code), "42");
      const expected = trial?.how === "run" ? trial.ends : 0;
      expect(code, `${out.slice(-600)}\n${said.slice(-600)}`).toBe(expected);
    },
  );
});
