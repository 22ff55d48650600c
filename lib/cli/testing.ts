import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, vi } from "vitest";
import { run } from "./main";

/** What came of a command line. */
export type Outcome = { code: number | null; out: string; said: string };

/** What a command does, in this process, on the installation of the tests. */
export async function tenantry(...args: string[]): Promise<Outcome> {
  const heard = { out: "", said: "" };
  const hear = (into: keyof typeof heard) => (chunk: string | Uint8Array) => {
    heard[into] += String(chunk);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(hear("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(hear("said")),
  ];
  const code = await run(args, { cwd: process.cwd(), env: {} }).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return { code, ...heard };
}

/** What a command does as a process of its own, with this environment and no more. Nobody ever sees a stack trace. */
export async function alone(env: Record<string, string>, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, ["scripts/tenantry.mjs", ...args], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(`${out}${said}`, "a person never sees a stack trace").not.toMatch(/\n\s+at .+:\d+/);
  return { code: await code, out, said };
}
