import fc from "fast-check";
import { periodNames } from "@/lib/history/shapes";
import { everything, type Scope } from "@/lib/kernel/scope";

/** What questions narrow tenants by; `gone` are deleted. */
export type Tenant = {
  id: string;
  name: string;
  plan: string;
  region: string;
  tags: string[];
  status: string;
  gone: boolean;
};

const scopes: Scope[] = [everything, { kind: "region", values: ["eu"] }, { kind: "tag", values: ["big"] }];
const filters = [
  ...[{}, {}, { plan: ["free"] }, { tag: ["big"] }, { status: ["suspended" as const] }],
  ...[{ search: "shop B" }, { region: ["us"], plan: ["business"] }, { plan: ["enterprise"] }],
] as const;

type Filter = { plan?: string[]; tag?: string[]; status?: string[]; region?: string[]; search?: string };

/** Which tenants somebody asks about, by the filter's words alone. */
export function matching(
  tenants: readonly Tenant[],
  { plan, tag, status, region, search }: Filter,
  scope: Scope,
): Tenant[] {
  const reached = (tenant: Tenant) =>
    scope.kind === "all" ||
    (scope.kind === "region" && scope.values.includes(tenant.region)) ||
    (scope.kind === "tag" && tenant.tags.some((one) => scope.values.includes(one)));
  return tenants.filter(
    (tenant) =>
      !tenant.gone &&
      reached(tenant) &&
      (!plan || plan.includes(tenant.plan)) &&
      (!tag || tag.some((one) => tenant.tags.includes(one))) &&
      (!status || status.includes(tenant.status)) &&
      (!region || region.includes(tenant.region)) &&
      (!search || tenant.name.toLowerCase().includes(search.toLowerCase())),
  );
}
/** Random questions: of periods with odd edges, in zones with and without daylight saving. */
export const questions = fc.record({
  time: fc.oneof(
    fc.record({ range: fc.constantFrom(...periodNames) }),
    fc.record({
      from: fc.integer({ min: 1, max: 40 * 24 * 60 }).map((minutes) => minutes * 60_000),
      long: fc.integer({ min: 1, max: 20 * 24 * 60 }),
      odd: fc.integer({ max: 59_999, min: 0 }),
    }),
  ),
  tz: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"),
  granularity: fc.constantFrom("auto", "auto", "hour", "day", "week", "month" as const),
  width: fc.constantFrom(50, 800, 3000),
  filter: fc.constantFrom(...filters),
  scope: fc.constantFrom(...scopes),
  top: fc.constantFrom(1, 3, 10),
});
export type Question = typeof questions extends fc.Arbitrary<infer Q> ? Q : never;

/** A question as it is asked. */
export function inputOf(now: Date, { time, tz, granularity, width, filter, top }: Question) {
  const rest = { tz, granularity: granularity as "auto", width, ...filter, top };
  if ("range" in time) return { range: time.range, ...rest };
  const from = now.getTime() - time.from - time.odd;
  return { from: new Date(from).toISOString(), to: new Date(from + time.long * 60_000).toISOString(), ...rest };
}
