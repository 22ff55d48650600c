import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "@/lib/platform/free-port";
import { masterOf } from "@/lib/platform/masters";
import { type TestControl, testControl } from "@/lib/platform/testing";

let control: TestControl;
let folder: string;
beforeAll(async () => {
  control = await testControl();
  folder = mkdtempSync(join(tmpdir(), "tenantry-refused-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await control.close();
});

/** Starts the supervisor without installing and building; it is refused before it starts a child. */
async function start(more: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const program = "import('./lib/supervisor/main.ts').then((m) => m.supervise([])).then((code) => process.exit(code))";
  const child = spawn(process.execPath, ["--import", "tsx", "-e", program], {
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "production",
      TENANTRY_DATA_DIR: folder,
      PORT: String(await freePort()),
      DATABASE_URL: control.url,
      ...more,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const output = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, output: output.join("") };
}

test("a start without the key that sealed is refused, naming the missing key and what to do", async () => {
  const stranger = randomBytes(32).toString("base64");
  const { code, output } = await start({ TENANTRY_SECRET_KEY: stranger });
  expect(code).toBe(1);
  expect(output).toContain(`sealed with key ${masterOf(process.env.TENANTRY_SECRET_KEY ?? "").id}`);
  expect(output).toContain(`TENANTRY_SECRET_KEY is key ${masterOf(stranger).id}`);
  expect(output).toContain("add it to TENANTRY_OLD_SECRET_KEYS");
});

test.each(["", '{"secretKey": "'])("a start with a secrets.json that holds %j is refused in words", async (content) => {
  writeFileSync(join(folder, "secrets.json"), content);
  const { code, output } = await start({});
  expect(code).toBe(1);
  expect(output).toMatch(/secrets\.json is (empty|not JSON).*put it back from a backup/);
  expect(output).not.toMatch(/\n\s+at .+:\d+/);
});

test("a port that is taken is told before anything is built", async () => {
  const root = process.cwd();
  const where = mkdtempSync(join(folder, "unbuilt-"));
  // As if everything were installed and nothing built.
  mkdirSync(join(where, "node_modules"));
  mkdirSync(join(where, "lib/platform/generated"), { recursive: true });
  const nothing = createHash("sha256").digest("hex");
  writeFileSync(join(where, "node_modules/.tenantry-installed"), nothing);
  writeFileSync(join(where, "lib/platform/generated/.fingerprint"), nothing);
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const child = spawn(process.execPath, [join(root, "scripts/start.mjs")], {
    cwd: where,
    env: {
      ...{ PATH: process.env.PATH ?? "", NODE_ENV: "production", TSX_TSCONFIG_PATH: join(root, "tsconfig.json") },
      ...{ TENANTRY_DATA_DIR: join(where, "data"), PORT: String(port), DATABASE_URL: control.url },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = once(child, "exit");
  const output = (await Promise.all([text(child.stdout), text(child.stderr)])).join("");
  taken.close();
  expect((await code)[0]).toBe(1);
  expect(output).toContain(`The port ${port} is taken by another program. Stop what uses it, or choose another: PORT=`);
  expect(output).not.toContain("Building");
});
