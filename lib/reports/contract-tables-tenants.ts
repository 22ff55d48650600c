import { z } from "zod";
import { listTenantSchemasContract } from "@/lib/drift/contract";
import { narrowing, period } from "@/lib/history/shapes";
import { type Metric, metricNames, metrics } from "@/lib/kernel/metrics";
import { tenantFilter } from "@/lib/tenants/shapes";
import { tableShape } from "./contract-table";

/** A column for each metric, and its words. */
function perMetric<Ending extends string>(ending: Ending, words: string): Record<`${Metric}${Ending}`, string> {
  const entries = metricNames.map((name) => {
    const { label, unit } = metrics[name];
    return [`${name}${ending}`, `${words}${label}, ${unit}`];
  });
  return Object.fromEntries(entries) as Record<`${Metric}${Ending}`, string>;
}

export const tenantsTable = tableShape({
  name: "tenants",
  title: "Tenants",
  words: "Tenants with their newest figures, filtered as the list is.",
  access: "tenants:read",
  scoped: true,
  filter: { ...tenantFilter },
  columns: {
    id: "the tenant's id",
    slug: "the tenant's slug",
    name: "the tenant's name",
    status: "its status",
    statusReason: "why it has this status",
    plan: "its plan",
    region: "its region",
    tags: "its tags, with blanks between",
    server: "the server that holds its database",
    database: "its database",
    domain: "its primary domain, where it has one of its own",
    createdAt: "when it was made",
    updatedAt: "when it was last changed",
    schemaVersion: "its newest applied migration",
    schemaDrifted: "whether its structure differs from its migrations",
    ...perMetric("", "newest value: "),
    measuredAt: "when its server was last measured",
  },
});

/** How finely usage is told. */
export const usageLevels = ["minute", "hour", "day"] as const;

/** What is told of a metric over a minute, an hour or a day. */
export const usageParts = ["mean", "min", "max"] as const;

const figures = Object.assign(
  {},
  ...metricNames.map((name) => ({
    [`${name}_mean`]: `mean over the time for which it is known: ${metrics[name].label}, ${metrics[name].unit}`,
    [`${name}_min`]: `lowest: ${metrics[name].label}, ${metrics[name].unit}`,
    [`${name}_max`]: `highest: ${metrics[name].label}, ${metrics[name].unit}`,
  })),
) as Record<`${Metric}_${(typeof usageParts)[number]}`, string>;

export const usageTable = tableShape({
  name: "usage",
  title: "Usage",
  words: "What tenants used over a period, a row a tenant and minute, hour or day (UTC).",
  access: "metrics:read",
  scoped: true,
  filter: {
    range: period.range,
    from: period.from,
    to: period.to,
    ...narrowing,
    tenant: z.array(z.uuid()).max(1000).default([]).describe("these alone"),
    level: z
      .enum(usageLevels)
      .optional()
      .describe("how finely; by the period unless told: minutes up to two days, hours up to two months, else days"),
  },
  columns: {
    tenant: "the tenant's slug",
    name: "the tenant's name",
    tenantId: "the tenant's id",
    at: "the begin of the minute, hour or day",
    ...figures,
  },
});

/** A moment or a period of one's own, without how a chart would be drawn of it. */
const time = { range: period.range, from: period.from, to: period.to };

const whose = { tenant: "the tenant's slug", tenantId: "the tenant's id", name: "the tenant's name" };

export const activitiesTable = tableShape({
  name: "activities",
  title: "Activities",
  words: "What happened to tenants over a period, newest first.",
  access: "activities:read",
  scoped: true,
  filter: {
    ...time,
    ...narrowing,
    tenant: z.uuid().optional(),
    type: z.array(z.string().max(60)).default([]),
    actor: z.string().max(200).optional().describe("exactly this one, as the activities name it"),
    text: z.string().trim().max(200).default("").describe("words within the description"),
  },
  columns: {
    id: "the activity's number",
    at: "when it happened",
    ...whose,
    type: "what happened",
    description: "the same in words",
    actor: "who did it",
    ipAddress: "from where",
  },
});

export const domainsTable = tableShape({
  name: "domains",
  title: "Domains",
  words: "Tenants' own domains with the state of each and the TXT record that proves it.",
  access: "tenants:read",
  scoped: true,
  filter: { ...narrowing, tenant: z.uuid().optional() },
  columns: {
    id: "the domain's id",
    ...whose,
    hostname: "the host name",
    primary: "whether links to the tenant's app use it",
    state: "verified, pending, lost or taken",
    recordName: "where the TXT record belongs",
    recordValue: "what it has to say",
    verifiedAt: "when it was verified",
    verifiedBy: "by dns or by hand",
    checkedAt: "when DNS was last asked",
    checkError: "what was wrong then",
    nextCheckAt: "when it is asked again",
    createdAt: "when it was added",
  },
});

const { state, version, search } = listTenantSchemasContract.input.shape;

export const tenantSchemasTable = tableShape({
  name: "tenant-schemas",
  title: "Schemas of tenants",
  words: "Tenants by where their schema stands.",
  access: "schema:read",
  scoped: true,
  filter: { state, version, search },
  columns: {
    ...whose,
    status: "the tenant's status",
    server: "the server that holds its database",
    states: "current, behind, failed, drifted or unknown, with blanks between",
    version: "its newest applied migration",
    behind: "how many migrations are missing",
    differences: "in how many ways its structure differs from its migrations",
    error: "why its newest migration failed",
    errorAt: "when it did",
    checkedAt: "when its structure was last compared",
  },
});
