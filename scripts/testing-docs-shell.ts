import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { vi } from "vitest";
import { run } from "@/lib/cli/main";

/** What came of a script. */
export type ScriptOutcome = { code: number | null; out: string; said: string };

/**
 * For tests: a shell for the documents' examples. `tenantry` in it is the program's own code, run in this process over the API
 * of `env`; `npm run tenantry --` is the same on the host, without an address and key; `curl` fails on an answer that is an error.
 */
export async function docsShell(folder: string, env: Record<string, string>) {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  let queue: Promise<unknown> = Promise.resolve();
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://localhost");
    queue = queue.then(() => answer(String(searchParams.get("call")))).finally(() => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  script(bin, "tenantry", tenantryScript(port));
  script(bin, "npm", npmScript);
  script(bin, "curl", `exec /usr/bin/env -i PATH="$REAL_PATH" curl --silent --show-error --fail-with-body "$@"\n`);
  const path = process.env.PATH ?? "";
  return {
    /** Runs a script in an empty folder, with what it says on both outputs. */
    async bash(code: string, ...args: string[]): Promise<ScriptOutcome> {
      const cwd = mkdtempSync(join(folder, "example-"));
      writeFileSync(join(cwd, "example.sh"), code);
      const child = spawn("bash", ["-euo", "pipefail", join(cwd, "example.sh"), ...args], {
        ...{ cwd, stdio: ["ignore", "pipe", "pipe"] as const },
        env: { NODE_ENV: "production", REAL_PATH: path, PATH: `${bin}:${path}`, HOME: folder, ...env },
      });
      const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
      const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return { code: await ended, out, said };
    },
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}

function script(bin: string, name: string, code: string): void {
  writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${code}`);
  chmodSync(join(bin, name), 0o755);
}

const tenantryScript = (port: number) => `call=$(mktemp -d)
printf '%s\\0' "$PWD" "\${TENANTRY_URL:-}" "\${TENANTRY_API_KEY:-}" "$@" >"$call/args"
/usr/bin/env -i PATH="$REAL_PATH" curl --silent "http://127.0.0.1:${port}/?call=$call"
cat "$call/out"; cat "$call/said" >&2
exit "$(cat "$call/code")"
`;

const npmScript = `while [[ \${1:-} == run || \${1:-} == --silent ]]; do shift; done
[[ $1 == tenantry && $2 == -- ]] || { echo "npm run $1 is not for this shell" >&2; exit 99; }
shift 2
TENANTRY_URL= TENANTRY_API_KEY= exec tenantry "$@"
`;

/** Does what a `tenantry` in the shell asked for, and leaves what came of it in the call's folder. */
async function answer(call: string): Promise<void> {
  const [cwd = "", url = "", key = "", ...args] = readFileSync(join(call, "args"), "utf8").split("\0").slice(0, -1);
  const heard = { out: "", said: "" };
  const hear = (into: keyof typeof heard) => (chunk: string | Uint8Array) => {
    heard[into] += String(chunk);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(hear("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(hear("said")),
  ];
  const env = { ...(url !== "" && { TENANTRY_URL: url }), ...(key !== "" && { TENANTRY_API_KEY: key }) };
  const code = await run(args, { cwd, env }).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  for (const [name, content] of Object.entries({ ...heard, code: String(code) }))
    writeFileSync(join(call, name), content);
}
