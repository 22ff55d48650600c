import { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import type { Points } from "@/lib/history/shapes";
import type { Kind } from "../kind";
import type { DocumentOf } from "../pdf/document";
import { Asking, documentParts, periodInput, periodTitle, type Time, timeOf } from "./asked";
import { cover } from "./cover";
import { bulkRuns } from "./events";
import { gapsOf } from "./gaps";
import { setDocument } from "./set-document";
import { madeUpWarning, sourcesSection } from "./sources-section";
import { type TenantFacts, tenantFacts, tenantParts } from "./tenant-facts";
import {
  sourcesOf,
  tenantCharts,
  tenantEvents,
  tenantFactsSection,
  tenantFigures,
  tenantSummary,
} from "./tenant-sections";

const input = z.object({ id: z.uuid("This is not a tenant's id."), ...periodInput });

/** One tenant over a period. */
export const tenantReport: Kind<typeof input> = {
  name: "tenant-report",
  format: "pdf",
  words:
    "One tenant over a period: facts, summary, a chart of each metric with what happened, and how it was measured.",
  access: "metrics:read",
  parts: documentParts,
  scoped: true,
  input,
  title: (asked) => `Tenant report, ${periodTitle(asked)}`,
  async *make(ctx, { id, ...asked }, progress) {
    const time = timeOf(ctx, asked);
    const asking = new Asking(ctx, progress, tenantParts + 1);
    const facts = await tenantFacts(asking, time, id);
    const pdf = await setDocument(ctx, tenantDocument(ctx, facts, time, asking.leftOut));
    asking.step();
    yield pdf;
  },
};

function tenantDocument(ctx: Ctx, facts: TenantFacts, time: Time, leftOut: readonly string[]): DocumentOf {
  const { history, tenant, runs } = facts;
  const name = history?.tenant.name ?? tenant?.name ?? "A tenant";
  const sections = [
    ...tenantFactsSection(facts, time.tz),
    ...tenantFigures(facts),
    ...tenantCharts(facts, time),
    ...tenantEvents(facts, time.tz),
    ...bulkRuns(runs, time.tz, "No bulk run had this tenant in the period."),
  ];
  if (history) {
    const { span } = history;
    const series = Object.fromEntries(
      Object.entries(history.series).map(([metric, { avg }]): [string, Points] => [metric, avg]),
    );
    const gaps = gapsOf({ span, series });
    sections.push(sourcesSection({ span, zone: time.tz, measuredBy: sourcesOf(facts), gaps, leftOut }));
  }
  return {
    ...cover(ctx, time, `the tenant ${history?.tenant.slug ?? tenant?.slug ?? ""}`),
    title: name,
    over: "Tenant report",
    warning: history ? madeUpWarning(history.span, time.tz) : "",
    summary: tenantSummary(facts),
    sections,
    contents: false,
  };
}
