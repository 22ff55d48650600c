import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

export type ChildPlan = {
  name: string;
  args: string[];
  env: Record<string, string | undefined>;
};

/** Tells a person what happens. */
export type Say = (line: string) => void;

/** A child process that is started again whenever it ends by itself. */
export type Child = {
  name: string;
  /** Asks it to stop, and ends it by force when it does not within ten seconds. */
  stop: () => Promise<void>;
};

const longestWait = 10_000;
const steadyAfter = 30_000;

/** Keeps a Node program running. It holds a channel to the supervisor and ends itself when that breaks. */
export function keepRunning(plan: ChildPlan, say: Say): Child {
  const state: { stopping: boolean; process?: ChildProcess } = { stopping: false };
  const ended = loop(plan, say, state);
  return {
    name: plan.name,
    stop: async () => {
      state.stopping = true;
      state.process?.kill("SIGTERM");
      const force = setTimeout(() => state.process?.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(force);
    },
  };
}

async function loop(plan: ChildPlan, say: Say, state: { stopping: boolean; process?: ChildProcess }): Promise<void> {
  for (let failures = 0; !state.stopping; ) {
    const started = Date.now();
    const outcome = await once(plan, state);
    if (state.stopping) return;
    failures = Date.now() - started > steadyAfter ? 1 : failures + 1;
    const wait = Math.min(longestWait, 250 * 2 ** (failures - 1));
    say(`${plan.name} ended (${outcome}); it is started again in ${wait / 1000} s`);
    await delay(wait);
  }
}

/** Next announces an address and its settings before anybody can sign in; what the supervisor says is enough. */
function tells(line: string): boolean {
  return line.trim() !== "" && !/^\s*(▲|✓|- (Local|Network|Experiments)\b)/.test(line);
}

async function once(plan: ChildPlan, state: { process?: ChildProcess }): Promise<string> {
  return await new Promise((resolve) => {
    // What libraries find outdated in each other (Prisma in pg) is nothing to whoever runs this.
    const child = spawn(process.execPath, ["--disable-warning=DeprecationWarning", ...plan.args], {
      env: plan.env as NodeJS.ProcessEnv,
      // A group of its own, so that Ctrl-C reaches the supervisor alone, which stops the children in order.
      detached: true,
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    if (child.stdout) createInterface(child.stdout).on("line", (line) => tells(line) && console.log(line));
    state.process = child;
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}
