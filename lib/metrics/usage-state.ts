import { type Metric, metricNames, metrics, rounded } from "@/lib/kernel/metrics";
import type { Measure, Usage } from "@/lib/tenants/shapes";
import type { Findings, Target } from "./collector";
import { heartbeatPeriod } from "./rules";

/** One row for tenant_usage_logs. */
export type LogRow = { tenantId: string; metric: Metric; value: number; unit: string; source: string };

/** What a round adds to storage: values to log, and the newest figures of the tenants that changed. */
export type Changes = { logs: LogRow[]; latest: Map<string, Usage> };

type Known = { usage: Usage; loggedIn: Partial<Record<Metric, number>> };

/** Knows what is stored of a server's tenants, so that only what changed is written again. */
export class UsageState {
  private readonly tenants = new Map<string, Known>();
  private doubtful = false;

  constructor(stored: Map<string, Usage>) {
    for (const [id, usage] of stored) this.tenants.set(id, { usage: { ...usage }, loggedIn: {} });
  }

  /** Takes a round's findings and returns what must be written: what changed, and heartbeats that are due. */
  take(findings: Findings, targets: Target[], at: Date): Changes {
    const changes: Changes = { logs: [], latest: new Map() };
    for (const { id } of targets) {
      const known = this.tenants.get(id) ?? { usage: {}, loggedIn: {} };
      this.tenants.set(id, known);
      const period = heartbeatPeriod(id, at.getTime());
      const before = changes.logs.length;
      const changed = metricNames.filter((metric) => this.apply(known, id, metric, findings, period, changes.logs));
      if (changed.length > 0 || (this.doubtful && changes.logs.length > before)) {
        changes.latest.set(id, { ...known.usage });
      }
    }
    this.forgetOthers(targets);
    this.doubtful = false;
    return changes;
  }

  /** After a write that may not have happened, everything counts as not written. */
  doubt(): void {
    this.doubtful = true;
    for (const known of this.tenants.values()) known.loggedIn = {};
  }

  /** What is known now, whether or not this round measured it. */
  known(id: string, metric: Metric): Measure | undefined {
    return this.tenants.get(id)?.usage[metric];
  }

  private apply(
    known: Known,
    tenantId: string,
    metric: Metric,
    findings: Findings,
    period: number,
    logs: LogRow[],
  ): boolean {
    const found = findings.values[metric]?.get(tenantId);
    const before = known.usage[metric];
    if (found === undefined) return false;
    if (found === null) {
      delete known.usage[metric];
      delete known.loggedIn[metric];
      return before !== undefined;
    }
    const value = rounded(metric, found.value);
    const changed = before?.value !== value || before.source !== found.source;
    if (changed || known.loggedIn[metric] !== period) {
      known.usage[metric] = { value, source: found.source };
      known.loggedIn[metric] = period;
      // What an app sends is logged as it comes in, at its own time.
      if (found.source !== "otlp")
        logs.push({ tenantId, metric, value, unit: metrics[metric].unit, source: found.source });
    }
    return changed;
  }

  private forgetOthers(targets: Target[]): void {
    if (this.tenants.size === targets.length) return;
    const present = new Set(targets.map(({ id }) => id));
    for (const id of this.tenants.keys()) if (!present.has(id)) this.tenants.delete(id);
  }
}
