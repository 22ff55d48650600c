import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** Takes the data folder for this process; throws when another supervisor that is alive has it. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "supervisor.pid");
  mkdirSync(folder, { recursive: true });
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (holder !== process.pid && isSupervisor(holder)) {
    throw new Error(
      `Tenantry is running here already (process ${holder}). Stop it first, or give this one another TENANTRY_DATA_DIR and PORT.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function isSupervisor(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  // After a reboot the number may belong to another program.
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, "utf8").includes("node");
}

/** Throws, saying what to do, when something else listens on a port. */
export async function checkPort(port: number, host: string, setting: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE" ? "is taken by another program" : `can't be used (${error.message})`;
      reject(new Error(`The port ${port} ${taken}. Stop what uses it, or choose another: ${setting}=… npm start`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
