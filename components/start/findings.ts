import { type Source, sources } from "@/lib/kernel/metrics";
import type { ServerTick } from "@/lib/metrics/contract";
import type { ServerCheck } from "@/lib/servers/contract";

/** One thing that a check found: what of, how it is measured or what to do, and whether nothing is missing. */
export type Finding = { what: string; how: string; good: boolean };

/** What a check found, in words: what can be measured there and how, what is missing and what to do about it. */
export function findingsOf(check: ServerCheck, tick: ServerTick | undefined): Finding[] {
  if (!check.reachable) return [{ what: "Sign-in", how: check.error ?? "It does not answer.", good: false }];
  return [signIn(check), rights(check), cpu(tick), memory(tick), ...check.extensions.map(extension)];
}

function signIn({ version, latencyMs, tls, standby }: ServerCheck): Finding {
  const words = `PostgreSQL ${version ?? "of an unknown version"}, a round trip takes ${latencyMs ?? "?"} ms, ${tls ? "encrypted" : "not encrypted"}.`;
  if (!standby) return { what: "Sign-in", how: words, good: true };
  return { what: "Sign-in", how: `${words} It is a standby: add the server that it copies.`, good: false };
}

function rights({ rights: all }: ServerCheck): Finding {
  const needed = all.filter((one) => one.needed && !one.held).map(({ name }) => name);
  const less = all.filter((one) => !one.needed && !one.held && one.name !== "SUPERUSER");
  if (needed.length > 0) {
    const how = `Its role may not do what is needed. Run there: ALTER ROLE … ${needed.join(" ")}.`;
    return { what: "Rights", how, good: false };
  }
  if (all.some(({ name, held }) => name === "SUPERUSER" && held) || less.length === 0)
    return { what: "Rights", how: "Its role may make databases and roles, and see every session.", good: true };
  const lost = less.map(({ name, words }) => `GRANT ${name} lets it ${words}`).join("; ");
  return { what: "Rights", how: `Its role may make databases and roles. ${lost}.`, good: false };
}

const words = (source: string): string => (Object.hasOwn(sources, source) ? sources[source as Source] : source);

/** Whether the worker reads the server's processes: without tenants they are the one thing that says so. */
function readsProcesses({ cpuSource, memorySource, cpuUnattributed, memoryUnattributed }: ServerTick): boolean {
  return (
    [cpuSource, memorySource].some((source) => processSources.has(source ?? "")) ||
    [cpuUnattributed, memoryUnattributed].some((value) => value !== null)
  );
}
const processSources: ReadonlySet<string> = new Set<Source>(["proc", "pss_anon", "statm"]);

function cpu(tick: ServerTick | undefined): Finding {
  const what = "CPU of each tenant:";
  if (!tick) return { what, how: "not known yet. Figures come with the first round of the worker.", good: false };
  if (readsProcesses(tick)) return { what, how: `${words("proc")}.`, good: true };
  const instead = words(tick.cpuSource ?? "active_time");
  return {
    what,
    how: `${instead} instead. Run Tenantry's worker on the server's machine for CPU itself.`,
    good: false,
  };
}

function memory(tick: ServerTick | undefined): Finding {
  const what = "Memory of each tenant:";
  if (!tick) return { what, how: "not known yet.", good: false };
  if (readsProcesses(tick)) return { what, how: `${words(tick.memorySource ?? "pss_anon")}.`, good: true };
  return { what, how: "unknown. It takes Tenantry's worker on the server's machine.", good: false };
}

function extension({ name, words: of, todo }: ServerCheck["extensions"][number]): Finding {
  const what = `${of.charAt(0).toUpperCase()}${of.slice(1)}:`;
  if (todo === null) return { what, how: `from ${name}.`, good: true };
  return { what, how: `unknown without ${name}. To have it: ${todo}.`, good: false };
}
