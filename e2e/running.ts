import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@/lib/platform/free-port";

/** Ports and folder of one installation under test. */
export type Installation = { folder: string; port: number; appPort: number; databasePort: number };

/** A started installation. */
export type Running = Installation & {
  process: ChildProcess;
  url: string;
  /** Everything printed so far. */
  output: () => string;
  /** Waits until the output holds a text, and fails with the output when it does not in time. */
  says: (text: string | RegExp, milliseconds?: number) => Promise<void>;
  /** Sends a signal and waits until the supervisor has ended; its exit code. */
  end: (signal?: NodeJS.Signals) => Promise<number | null>;
};

export async function newInstallation(folder: string): Promise<Installation> {
  return { folder, port: await freePort(), appPort: await freePort(), databasePort: await freePort() };
}

const node = [process.execPath, "scripts/start.mjs"];

/** Starts an installation as `npm start` does; `command` may be npm itself. */
export function start(
  where: Installation,
  args: string[] = [],
  more: Record<string, string> = {},
  [program = "", ...first] = node,
): Running {
  let output = "";
  const child = spawn(program, [...first, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      TENANTRY_DATA_DIR: where.folder,
      PORT: String(where.port),
      TENANTRY_APP_PORT: String(where.appPort),
      TENANTRY_PG_PORT: String(where.databasePort),
      ...more,
    } as NodeJS.ProcessEnv,
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const says = async (text: string | RegExp, milliseconds = 90_000) => {
    const until = Date.now() + milliseconds;
    const found = () => (typeof text === "string" ? output.includes(text) : text.test(output));
    while (!found()) {
      if (Date.now() > until || child.exitCode !== null) throw new Error(`It did not say ${text}. It said:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const end = async (signal: NodeJS.Signals = "SIGINT") => {
    child.kill(signal);
    return await ended;
  };
  return { ...where, process: child, url: `http://localhost:${where.port}`, output: () => output, says, end };
}

/** The control database's address of a running installation. */
export function databaseUrl(where: Installation): string {
  const { postgresPassword } = JSON.parse(readFileSync(join(where.folder, "secrets.json"), "utf8")) as {
    postgresPassword: string;
  };
  return `postgresql://tenantry:${postgresPassword}@127.0.0.1:${where.databasePort}/tenantry`;
}
