import { z } from "zod";
import type { Kind } from "../kind";
import type { DocumentOf } from "../pdf/document";
import { Asking, documentParts, fleetInput, periodTitle, type Time, timeOf } from "./asked";
import { aboutWhom, cover } from "./cover";
import { anomalies, bulkRuns, statusChanges } from "./events";
import { type FleetFacts, fleetFacts, fleetParts } from "./fleet-facts";
import { allTenants, moreOverTime, moved, topTenants } from "./fleet-sections";
import { fleetSummary } from "./fleet-summary";
import { gapsOf } from "./gaps";
import { serversSection } from "./servers-section";
import { setDocument } from "./set-document";
import { madeUpWarning, sourcesSection } from "./sources-section";

const input = z.object(fleetInput);

/** The fleet over a period, as one would hand it to a board. */
export const fleetReport: Kind<typeof input> = {
  name: "fleet-report",
  format: "pdf",
  words: "The fleet over a period: summary, charts, all tenants, what changed, servers, and how it was measured.",
  access: "metrics:read",
  parts: documentParts,
  scoped: true,
  input,
  title: (asked) => `Fleet report, ${periodTitle(asked)}`,
  async *make(ctx, { range, from, to, tz, ...which }, progress) {
    const time = timeOf(ctx, { range, from, to, tz });
    const asking = new Asking(ctx, progress, fleetParts + 1);
    const facts = await fleetFacts(asking, time, which);
    const head = { ...cover(ctx, time, aboutWhom(ctx, which)), title: "Fleet report", over: "Tenantry" };
    const pdf = await setDocument(ctx, { ...head, ...fleetDocument(facts, time, asking.leftOut) });
    asking.step();
    yield pdf;
  },
};

type Body = Pick<DocumentOf, "warning" | "summary" | "sections" | "contents">;

function fleetDocument(facts: FleetFacts, time: Time, leftOut: readonly string[]): Body {
  const { overview, cpu, memory, storage, requests, changes, runs, capacity, history, health } = facts;
  const sections = [
    ...moreOverTime(facts, time),
    ...topTenants(facts, time),
    ...moved(facts),
    ...statusChanges(changes, time.tz),
    ...bulkRuns(runs, time.tz, "There was no bulk run in the period."),
    ...serversSection(capacity),
    ...anomalies(facts.anomalies, time.tz),
    ...allTenants(facts),
  ];
  const measuredBy = Object.fromEntries(
    Object.entries({ cpu, memory, storage, requests }).flatMap(([name, use]) => (use ? [[name, use.sources]] : [])),
  );
  const gaps = overview ? gapsOf(overview) : [];
  if (overview)
    sections.push(sourcesSection({ span: overview.span, zone: time.tz, measuredBy, gaps, leftOut, history, health }));
  return {
    warning: overview ? madeUpWarning(overview.span, time.tz) : "",
    summary: fleetSummary(facts, time),
    sections,
    contents: true,
  };
}
