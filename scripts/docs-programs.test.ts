import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type ServedApi, serveApi } from "@/lib/http/testing-api";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { freePort } from "@/lib/platform/free-port";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { wholeProgram } from "./docs-preludes";
import { documents, type Fence, fencesOf } from "./testing-docs";

vi.setConfig({ testTimeout: 180_000 });

const execute = promisify(execFile);
const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "tenantry-programs-"));
const app = join(folder, "app");
const programs = documents.flatMap(fencesOf).filter(({ lang }) => lang === "ts" || lang === "js");
const nameOf = ({ file, line }: Fence) => `${file.replace(/\W+/g, "-")}-${line}.ts`;

let control: TestControl;
let api: ServedApi;
let acme: TestTenant;
let server: ChildProcess | undefined;

beforeAll(async () => {
  control = await testControl();
  api = await serveApi();
  acme = await control.makeTenant("acme");
  await control.sql(`CREATE TABLE orders (id int); INSERT INTO orders VALUES (1), (2)`, undefined, acme.database);
  await control.sql(`GRANT SELECT ON orders TO ${acme.role}`, undefined, acme.database);
  mkdirSync(join(app, "node_modules"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  await execute(process.execPath, ["scripts/build-runtime.mjs", join(app, "node_modules/tenantry")], { cwd: root });
  writeFileSync(join(app, "package.json"), JSON.stringify({ type: "module" }));
}, 120_000);
afterEach(async () => {
  const running = server;
  server = undefined;
  if (running?.exitCode !== null) return;
  const ended = once(running, "exit");
  running.kill("SIGKILL");
  await ended;
});
afterAll(async () => {
  api?.close();
  await stopCounting();
  await control?.close();
  rmSync(folder, { recursive: true, force: true });
});

const compilerOptions = {
  ...{ target: "ES2023", lib: ["ES2023", "DOM", "DOM.Iterable"], module: "nodenext", types: ["node"], noEmit: true },
  ...{
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    typeRoots: [join(folder, "node_modules/@types")],
  },
};

test("every example in TypeScript or JavaScript has the types that an app would meet", async () => {
  expect(programs.length).toBeGreaterThan(10);
  const files = programs.map(nameOf);
  for (const fence of programs) writeFileSync(join(app, nameOf(fence)), wholeProgram(fence));
  writeFileSync(
    join(app, "app.d.mts"),
    `import type { RequestListener } from "node:http";\nexport const app: RequestListener;\n`,
  );
  writeFileSync(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const compiler = join(root, "node_modules/typescript/bin/tsc6");
  await execute(process.execPath, [compiler, "-p", "."], { cwd: app }).catch(({ stdout }) => expect(stdout).toBe(""));
});

/** The example of a document that has these words. */
function example(file: string, words: string): string {
  const found = fencesOf(file).filter(({ lang, code }) => ["js", "ts"].includes(lang) && code.includes(words));
  expect(found.map(({ line }) => line)).toHaveLength(1);
  return found[0]?.code ?? "";
}

const environment = () => ({
  ...{ PATH: process.env.PATH ?? "", NODE_ENV: "production" as const, LOG_LEVEL: "silent" },
  ...{ TENANTRY_DATABASE_URL: control.url, TENANTRY_SECRET_KEY: process.env.TENANTRY_SECRET_KEY ?? "" },
});

/** Starts an example that listens at port 4000, at another one, and answers with it once it listens. */
async function serve(code: string): Promise<number> {
  const port = await freePort();
  const file = join(app, "serve.ts");
  writeFileSync(file, code.replaceAll("4000", String(port)));
  server = spawn(process.execPath, ["--import", "tsx", file], { cwd: app, env: environment(), stdio: "inherit" });
  const running = server;
  await vi.waitUntil(
    async () => {
      expect(running.exitCode).toBeNull();
      return await ask(port, "nobody.localhost").then(
        () => true,
        () => false,
      );
    },
    { timeout: 60_000, interval: 100 },
  );
  return port;
}

/** Asks a program on this machine under a host's name. */
async function ask(port: number, host: string, path = "/"): Promise<{ status: number | undefined; body: string }> {
  const request = get({ port, path, host: "127.0.0.1", headers: { host } });
  const [response] = await once(request, "response");
  return { status: response.statusCode, body: await text(response) };
}

describe("an app as a document shows it", () => {
  test("of the guide answers with the tenant's own database and role", async () => {
    const port = await serve(example("docs/runtime.md", `createRuntime({ app: "hello"`));
    expect(await ask(port, "nobody.localhost")).toMatchObject({ status: 404 });
    const { status, body } = await ask(port, "acme.localhost");
    expect({ status, body: JSON.parse(body) }).toEqual({
      ...{ status: 200, body: { hello: "acme", database: acme.database, role: acme.role } },
    });
  });

  test("of the first page counts the tenant's orders", async () => {
    const port = await serve(example("README.md", "createRuntime"));
    expect(await ask(port, "acme.example.com")).toEqual({ status: 200, body: "acme: 2" });
  });

  test("finds the tenant in the path", async () => {
    const code = example("docs/runtime.md", "byPathPrefix");
    const port = await serve(`${code}\n(await import("node:http")).createServer(listener).listen(4000);\n`);
    expect(await ask(port, "example.com", "/t/acme/orders")).toEqual({ status: 200, body: "Your orders" });
    expect((await ask(port, "example.com", "/t/acme")).body).toBe("See /t/acme/orders");
  });

  test("stands around a framework's listener, and counts its failures", async () => {
    writeFileSync(
      join(app, "app.mjs"),
      `export const app = (request, response) =>
      setTimeout(() => response.writeHead(request.url === "/" ? 200 : 500).end("a framework"), 10);\n`,
    );
    const port = await serve(example("docs/runtime.md", `from "./app.mjs"`));
    expect(await ask(port, "acme.localhost")).toEqual({ status: 200, body: "a framework" });
    expect((await ask(port, "acme.localhost", "/broken")).status).toBe(500);
    const counted = `SELECT coalesce(sum(errors), 0)::int AS failed FROM tenant_request_counters WHERE tenant_id = $1`;
    await expect.poll(async () => (await control.sql(counted, [acme.id])).rows[0].failed, { timeout: 15_000 }).toBe(1);
  });

  test("answers Fetch Requests, as Next.js has them", async () => {
    const asks = ["acme", "nobody"].map(
      (slug) => `await GET(new Request("http://${slug}.localhost/", { headers: { host: "${slug}.localhost" } }))`,
    );
    const tell = `for (const answer of [${asks.join(", ")}]) console.log(answer.status, await answer.text());\nawait runtime.close();\n`;
    writeFileSync(join(app, "fetch.ts"), `${example("docs/runtime.md", "export async function GET")}\n${tell}`);
    const { stdout } = await execute(process.execPath, ["--import", "tsx", "fetch.ts"], {
      cwd: app,
      env: environment(),
    });
    expect(stdout).toContain(`200 {"hello":"acme","database":"${acme.database}"}\n404 {"title":`);
  });
});

test("the client's example reads every tenant of an installation", async () => {
  const { secret } = await perform(createKey, as("system"), { name: "client", permissions: ["tenants:read"] });
  writeFileSync(
    join(app, "client.ts"),
    example("docs/client.md", "createClient").replace("https://console.example.com", api.url),
  );
  const env = { ...environment(), TENANTRY_API_KEY: secret };
  const { stdout } = await execute(process.execPath, ["--import", "tsx", "client.ts"], { cwd: app, env });
  expect(stdout).toBe("acme\n");
});
