import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";

type Bundling = { bundledCli(root: string): string | undefined; bundleCli(root: string): Promise<void> };
// Plain JavaScript, since it runs before anything is installed: it has no types of its own.
const { bundleCli, bundledCli }: Bundling = await import(new URL("./cli-bundle.mjs", import.meta.url).href);

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "tenantry-bundle-"));
const main = join(folder, "lib/cli/main.ts");

// Bundling takes seconds where many things run.
vi.setConfig({ testTimeout: 120_000 });

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("acme");
  for (const name of ["lib", "sample", "scripts", "tsconfig.json", "package.json", "package-lock.json"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a command says there, as the program that people start. */
async function tenantry(...args: string[]): Promise<string> {
  const { DATABASE_URL, TENANTRY_SECRET_KEY, PATH } = process.env;
  const env = { NODE_ENV: "production" as const, DATABASE_URL, TENANTRY_SECRET_KEY, PATH };
  return (await run(process.execPath, [join(folder, "scripts/tenantry.mjs"), ...args], { env })).stdout;
}

test("the bundled command line does on an installation what its sources do", async () => {
  const lines = [
    ["tenants", "show", "acme"],
    ["servers", "list"],
    ["audit", "verify", "--help"],
    ["completion", "bash"],
  ];
  const plain = [];
  for (const line of lines) plain.push(await tenantry(...line));
  await bundleCli(folder);
  const entry = bundledCli(folder);
  expect(entry && existsSync(entry)).toBe(true);
  const bundled = [];
  for (const line of lines) bundled.push(await tenantry(...line));
  expect(bundled).toEqual(plain);
  // It is the bundle that answers, and not the sources.
  writeFileSync(entry ?? "", `export const run = async () => (console.log("the bundle"), 0);`);
  expect(await tenantry("completion", "bash")).toBe("the bundle\n");
});

test("a bundle is left alone once a source was changed, went, or got another time; and then made anew", async () => {
  await bundleCli(folder);
  const first = bundledCli(folder);
  expect(first).toBeDefined();
  utimesSync(main, new Date("2020-01-01"), new Date("2020-01-01"));
  expect(bundledCli(folder)).toBeUndefined();
  expect(await tenantry("completion", "bash")).toContain("complete ");
  await bundleCli(folder);
  const second = bundledCli(folder);
  expect(second).toBeDefined();
  expect(second).not.toBe(first);
  const words = join(folder, "lib/cli/words.ts");
  const text = readFileSync(words, "utf8");
  rmSync(words);
  expect(bundledCli(folder)).toBeUndefined();
  writeFileSync(words, text);
  expect(bundledCli(folder)).toBeUndefined();
});

test("where it can't be made, that is told, and nothing stops", async () => {
  const broken = join(folder, "broken");
  mkdirSync(broken);
  const told = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await bundleCli(broken);
  expect(told).toHaveBeenCalledWith(expect.stringMatching(/was not bundled/));
  told.mockRestore();
  expect(bundledCli(broken)).toBeUndefined();
});
