import type { UseName } from "@/client/analytics-queries";

/** The resources that have a page of their own. */
export const resourceNames = ["cpu", "memory", "storage", "requests"] as const satisfies readonly UseName[];

/** How many tenants are told one by one on such a page. */
export const resourceTop = 10;

/** As on the page of growth: bars of days over a month, not of hours, which nobody could see. */
export const growthParts = { top: resourceTop, width: 50 };
