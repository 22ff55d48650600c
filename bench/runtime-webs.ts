import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { BenchTenant } from "./own-postgres";
import type { Asks, WebOptions } from "./runtime-web";

/** A web process of the benchmark, which answers what it is asked. */
export type Web = {
  pid: number;
  ask: <Name extends keyof Asks>(name: Name, ask: Asks[Name]["ask"]) => Promise<Asks[Name]["answer"]>;
  stop: () => Promise<void>;
};

/** Starts a web process; `redis` is the address of one, for those that are to have it. */
export async function startWeb(options: WebOptions, tenants: BenchTenant[], redis?: string): Promise<Web> {
  const passwords = Object.fromEntries(tenants.map(({ slug, password }) => [slug, password]));
  const env = { ...process.env, NODE_ENV: "production" as const, BENCH_PASSWORDS: JSON.stringify(passwords) };
  const child = fork(join(import.meta.dirname, "runtime-web.ts"), [JSON.stringify(options)], {
    execArgv: ["--expose-gc", "--import", "tsx"],
    env: redis === undefined ? env : { ...env, REDIS_URL: redis },
  });
  await once(child, "message");
  let last = 0;
  return {
    pid: child.pid ?? 0,
    ask: (name, ask) => askOf(child, ++last, name, ask),
    stop: async () => {
      const ended = once(child, "exit");
      if (child.exitCode === null && child.kill("SIGKILL")) await ended;
    },
  };
}

async function askOf(child: ChildProcess, id: number, name: string, ask: unknown): Promise<never> {
  return await new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A web process ended with ${code}.`));
    const onMessage = (message: { id: number; answer: never; error?: string }) => {
      if (message.id !== id) return;
      child.off("message", onMessage).off("exit", onExit);
      if (message.error) reject(new Error(`${name}: ${message.error}`));
      else resolve(message.answer);
    };
    child.on("message", onMessage).once("exit", onExit);
    child.send({ id, name, ask });
  });
}
