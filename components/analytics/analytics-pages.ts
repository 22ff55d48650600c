import type { UserView } from "@/lib/accounts/contract";
import type { Permission } from "@/lib/kernel/permissions";

type AnalyticsPage = { href: string; label: string; under?: string; permission: Permission; everywhere?: true };

const pages: readonly AnalyticsPage[] = [
  { href: "/analytics", label: "Overview", permission: "metrics:read" },
  { href: "/analytics/tenants", label: "Tenants", permission: "metrics:read" },
  { href: "/analytics/use/cpu", under: "/analytics/use", label: "Use", permission: "metrics:read" },
  { href: "/analytics/performance", label: "Performance", permission: "metrics:read" },
  { href: "/analytics/heatmap", label: "Heat map", permission: "metrics:read" },
  { href: "/analytics/growth", label: "Growth", permission: "metrics:read" },
  { href: "/analytics/compare", label: "Compare", permission: "metrics:read" },
  { href: "/analytics/forecast", label: "Forecast", permission: "metrics:read" },
  { href: "/analytics/capacity", label: "Capacity", permission: "metrics:read", everywhere: true },
  { href: "/analytics/anomalies", label: "Anomalies", permission: "metrics:read" },
  { href: "/analytics/neighbours", label: "Neighbours", permission: "metrics:read", everywhere: true },
  { href: "/analytics/activity", label: "Activity", permission: "activities:read" },
  { href: "/analytics/sign-ins", label: "Sign-ins", permission: "activities:read" },
];

/** The pages of analytics that somebody may see, in the order of their tabs. */
export function analyticsPagesOf({ permissions, scope }: Pick<UserView, "permissions" | "scope">): AnalyticsPage[] {
  return pages.filter(
    ({ permission, everywhere }) => permissions.includes(permission) && (!everywhere || scope.kind === "all"),
  );
}
