import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createClient } from "@redis/client";
import { freePort } from "@/lib/platform/free-port";

/** For tests: a real Redis of their own, without a disk. */
export async function testRedis(): Promise<{ url: string; kill: () => Promise<void>; start: () => Promise<void> }> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess;
  const start = async () => {
    const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    server = spawn(process.env.REDIS_SERVER ?? "redis-server", options, { stdio: "ignore" });
    server.on("error", (error) => {
      throw new Error(`This test needs a Redis server (npx tsx scripts/redis-server.ts): ${error.message}`);
    });
    const client = createClient({ url });
    client.on("error", () => undefined);
    await client.connect();
    client.destroy();
  };
  await start();
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGKILL");
    await once(server, "exit");
  };
  return { url, start, kill };
}
