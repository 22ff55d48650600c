import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type ServedApi, serveApi } from "@/lib/http/testing-api";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { candidates } from "./complete";
import { namesFrom } from "./complete-names";
import { alone } from "./testing";

// Programs are started, each of which reads all its code first.
vi.setConfig({ testTimeout: 180_000 });

let control: TestControl;
let api: ServedApi;
let own: Record<string, string>;
let key: string;
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));

beforeAll(async () => {
  control = await testControl();
  api = await serveApi();
  for (const slug of ["acme", "acorn", "globex"]) await control.makeTenant(slug);
  const { DATABASE_URL = "", TENANTRY_SECRET_KEY = "" } = process.env;
  own = { DATABASE_URL, TENANTRY_SECRET_KEY };
  key = (await perform(createKey, as("system"), { name: "c", permissions: ["tenants:read", "servers:read"] })).secret;
});
afterAll(async () => {
  api.close();
  await stopCounting();
  await control.close();
  rmSync(folder, { recursive: true });
});

const none = async () => [];
const next = async (...line: string[]) => (await candidates(line, none)).map(({ word }) => word);

describe("what may stand next", () => {
  test("is a noun, a verb of that noun, or an option that the command has", async () => {
    expect(await next("te")).toEqual(["tenants", "test-performance"]);
    expect(await next("tenants", "sh")).toEqual(["show"]);
    expect(await next("tenant", "sh")).toEqual(["show"]);
    expect(await next("fleet", "caches", "")).toContain("clear");
    expect(await next("fleet", "diagnose", "--f")).toEqual(["--fix"]);
    expect(await next("stress-test", "--ra")).toEqual(["--ramp", "--rate"]);
    expect(await next("--dr")).toEqual(["--dry-run"]);
  });

  test("is a value where an option needs one, and not what the option is among", async () => {
    expect(await next("tenants", "list", "--order", "")).toEqual(["asc", "desc"]);
    expect(await next("tenants", "list", "--status", "act")).toEqual(["active"]);
    expect(await next("--url", "https://console.example.com", "tenants", "lis")).toEqual(["list"]);
    expect(await next("tenants", "--order", "asc", "lis")).toEqual(["list"]);
  });

  test("is nothing after what there is not", async () => {
    expect(await next("nothing", "")).toEqual([]);
    expect(await next("tenants", "nothing", "")).toEqual([]);
    expect(await next("db", "status", "")).toEqual([]);
  });

  test("is a name of the kind that the argument has", async () => {
    const asked: string[] = [];
    const names = async (kind: string, typed: string) => {
      asked.push(`${kind} ${typed}`);
      return ["acme", "globex"];
    };
    const words = (await candidates(["tenants", "show", "ac"], names)).map(({ word }) => word);
    expect({ words, asked }).toEqual({ words: ["acme"], asked: ["tenant ac"] });
    await candidates(["tenants", "list", "--server", "x"], names);
    expect(asked).toContain("server x");
  });
});

describe("names", () => {
  test("are asked of the installation, over the API or on the host, and are those that begin so", async () => {
    const env = { TENANTRY_URL: api.url, TENANTRY_API_KEY: key };
    const remote = namesFrom({ cwd: ".", env });
    await expect.poll(() => remote("tenant", "ac"), { timeout: 50_000 }).toEqual(["acme", "acorn"]);
    expect(await remote("metric", "c")).toEqual([]);
    const told = await alone(own, "__complete", "--", "tenants", "show", "gl");
    expect(told).toMatchObject({ code: 0, said: "" });
    expect(["globex\n", ""]).toContain(told.out);
  });

  test("of an installation that is away are none, without a word", async () => {
    const away = await alone(
      { TENANTRY_URL: "http://127.0.0.1:9", TENANTRY_API_KEY: key },
      "__complete",
      "--",
      "tenants",
      "show",
      "",
    );
    expect(away).toEqual({ code: 0, out: "", said: "" });
  });
});

describe("a shell", () => {
  /** What the shell would offer; `tenantry` is a program in its PATH. */
  const offered = (shell: string, script: string): string[] => {
    writeFileSync(
      join(folder, "tenantry"),
      `#!/bin/sh\nexec ${process.execPath} ${process.cwd()}/scripts/tenantry.mjs "$@"\n`,
      {
        mode: 0o755,
      },
    );
    const env = { PATH: `${folder}:${process.env.PATH}`, NODE_ENV: "test" as const };
    return execFileSync(shell, ["-c", script], { env, encoding: "utf8" }).trim().split("\n");
  };
  test("bash offers what the program says", () => {
    const script = `source <(tenantry completion bash)
      COMP_WORDS=(tenantry tenants sh) COMP_CWORD=2; _tenantry; printf '%s\\n' "\${COMPREPLY[@]}"
      COMP_WORDS=(tenantry fleet diagnose --f) COMP_CWORD=3; _tenantry; printf '%s\\n' "\${COMPREPLY[@]}"
      COMP_WORDS=(tenantry db "") COMP_CWORD=2; _tenantry; printf '%s\\n' "\${COMPREPLY[@]}"
      complete -p tenantry`;
    expect(offered("bash", script)).toEqual([
      "show",
      "--fix",
      "status",
      "migrate",
      "complete -o default -F _tenantry tenantry",
    ]);
  });

  test("fish offers what the program says, with its words", () => {
    const script = "tenantry completion fish | source; complete -C 'tenantry db '";
    expect(offered("fish", script).join("\n")).toMatch(/^migrate\t.*control database/m);
  }, 60_000);

  test("zsh reads its script", () => {
    const script = "autoload -U compinit; compinit -D; source <(tenantry completion zsh); print $_comps[tenantry]";
    expect(offered("zsh", script)).toEqual(["_tenantry"]);
  }, 60_000);

  test("that there is no completion for is told which there are", async () => {
    const { code, said } = await alone({}, "completion", "csh");
    expect({ code, said }).toEqual({ code: 2, said: expect.stringMatching(/bash, zsh, fish/) });
  });
});
