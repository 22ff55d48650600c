import { count } from "@/components/ui/format";
import { plural } from "@/components/ui/plural";
import type { Diagnosis, Mended } from "@/lib/fleet/contract";
import type { HealthPart, HealthState, HealthView } from "@/lib/system/contract";

/** A part's state by word and colour. */
export const stateWords = {
  ok: { tone: "ok", word: "Well" },
  degraded: { tone: "warn", word: "Degraded" },
  down: { tone: "bad", word: "Down" },
  unknown: { tone: "quiet", word: "Unknown" },
} as const satisfies Record<HealthState, object>;

/** How bad a finding is, by word and colour. */
export const severityWords = {
  critical: { tone: "bad", word: "Critical" },
  error: { tone: "bad", word: "Error" },
  warning: { tone: "warn", word: "Warning" },
} as const satisfies Record<Diagnosis["findings"][number]["severity"], object>;

const order: readonly HealthState[] = ["down", "degraded", "unknown", "ok"];

/** The parts with those first that are not well. */
export function worstFirst(parts: readonly HealthPart[]): HealthPart[] {
  return [...parts].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
}

/** How all parts stand, in one sentence. */
export function summary({ parts }: Pick<HealthView, "parts">): string {
  const unwell = parts.filter(({ state }) => state !== "ok").length;
  return unwell === 0
    ? `All ${count(parts.length)} parts are well`
    : `${count(unwell)} of ${plural(parts.length, "part")} need a look`;
}

/** What was found, and of which servers nothing is known. */
export function diagnosisWords({ rules, servers }: Diagnosis): string {
  const findings = rules.reduce((sum, rule) => sum + rule.findings, 0);
  const away = servers.filter(({ asked }) => !asked).length;
  const found = findings === 0 ? "Nothing was found" : `${plural(findings, "finding")}`;
  return away === 0
    ? `${found} on ${plural(servers.length, "server")}`
    : `${found}; ${plural(away, "server")} could not be asked`;
}

/** What became of what was to be mended. */
export function mendedWords({ results, mended }: Mended): string {
  const others = results.filter(({ outcome }) => outcome !== "mended" && outcome !== "gone");
  const done = `${plural(mended, "finding")} mended.`;
  return others.length === 0
    ? done
    : `${done} ${others
        .map(({ words }) => words)
        .slice(0, 3)
        .join(" ")}`;
}
