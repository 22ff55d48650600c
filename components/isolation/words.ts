import { count } from "@/components/ui/format";
import type { IsolationServer, IsolationState } from "@/lib/isolation/contract";

/** A server's state by word and colour. */
export const stateWords = {
  proven: { tone: "ok", word: "Proven" },
  leaking: { tone: "bad", word: "Leaking" },
  running: { tone: "info", word: "Being proven" },
  failed: { tone: "warn", word: "Not asked" },
  never: { tone: "quiet", word: "Not proven yet" },
} as const satisfies Record<IsolationState, object>;

/** A number of leaks. */
export const leaks = (number: number): string => `${count(number)} ${number === 1 ? "leak" : "leaks"}`;

/** What was asked, as of the last look: 312 tenants × 318 roles, 99,216 pairs in 0.4 s. */
export function askedWords({ tenants, roles, pairs, tookMs }: IsolationServer): string {
  const asked = `${count(tenants)} ${tenants === 1 ? "tenant" : "tenants"} × ${count(roles)} roles, ${count(pairs)} pairs`;
  return tookMs === null ? asked : `${asked} in ${seconds(tookMs)}`;
}

function seconds(ms: number): string {
  return ms < 995 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** How all servers stand, in one sentence. */
export function summary(servers: readonly IsolationServer[]): string {
  const findings = servers.reduce((sum, one) => sum + one.findings, 0);
  const unknown = servers.filter(isUnknown).length;
  const only = servers.length === 1;
  const where = (number: number) => (only ? "the only server" : `${count(number)} of ${count(servers.length)} servers`);
  if (findings > 0) {
    const rest = unknown > 0 ? `; ${where(unknown)} could not be asked` : "";
    return `${leaks(findings)} on ${where(servers.filter((one) => one.findings > 0).length)}${rest}`;
  }
  if (unknown > 0) return `Not proven yet, or out of reach: ${where(unknown)}`;
  return only ? "Proven on the only server" : `Proven on all ${count(servers.length)} servers`;
}

/** What came of a proof just made; a server that did not answer is never passed over. */
export function provenWords(servers: readonly IsolationServer[]): string {
  const findings = servers.reduce((sum, one) => sum + one.findings, 0);
  const found = findings === 0 ? "nothing leaks" : leaks(findings);
  const failed = servers.filter(isUnknown).map(({ server }) => server.name);
  if (failed.length === 0) return `Every server was asked: ${found}.`;
  const others = failed.length === servers.length ? "" : ` On the others: ${found}.`;
  return `Not proven, out of reach: ${failed.join(", ")}.${others}`;
}

/** Whether nothing can be said of a server today: nobody looked yet, or it does not answer. */
export function isUnknown({ state, checkedAt }: IsolationServer): boolean {
  return state === "failed" || checkedAt === null;
}
