import { actorName, type Ctx, scopeOf } from "@/lib/gate/context";
import { type Scope, scopeWords } from "@/lib/kernel/scope";
import { env } from "@/lib/platform/env";
import type { TenantFilter } from "@/lib/tenants/list-tenants";
import type { DocumentOf } from "../pdf/document";
import { between, moment } from "../pdf/moments";
import type { Time } from "./asked";

/** What every document says of itself before it begins. */
export function cover(
  ctx: Ctx,
  { from, to, tz }: Time,
  about: string,
): Pick<DocumentOf, "period" | "cover" | "foot" | "madeAt"> {
  const now = ctx.now();
  const length = Date.parse(to) - Date.parse(from);
  const before = between(Date.parse(from) - length, from, tz);
  const host = new URL(env().TENANTRY_URL).host;
  return {
    period: between(from, to, tz),
    cover: [
      { label: "About", value: about },
      { label: "Compared with", value: `the period before, ${before}` },
      { label: "Made", value: `${moment(now.getTime(), tz)} (${tz}) for ${actorName(ctx.actor)}` },
      { label: "Installation", value: host },
    ],
    foot: `Tenantry · ${host}`,
    madeAt: now.getTime(),
  };
}

/** Which tenants a fleet report is about, in words. */
export function aboutWhom(ctx: Ctx, { search, status, plan, region, tag, server }: TenantFilter): string {
  const scope: Scope = scopeOf(ctx.actor);
  const lists: [string, readonly string[]][] = [
    ["status", status],
    ["plan", plan],
    ["region", region],
    ["tag", tag],
    ["server", server ? [server] : []],
    ["search", search ? [search] : []],
  ];
  const narrowed = lists.flatMap(([name, values]) => (values.length > 0 ? [`${name} ${values.join(" or ")}`] : []));
  const reach = scope.kind === "all" ? "all tenants" : `tenants within reach: ${scopeWords(scope)}`;
  return narrowed.length === 0 ? reach : `${reach}, with ${narrowed.join(", ")}`;
}
