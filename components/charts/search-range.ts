import { parseAsStringLiteral } from "nuqs/server";
import { type Range, ranges } from "@/lib/metrics/contract";

/** The ranges that a chart can show, shortest first. */
export const rangeNames = Object.keys(ranges) as [Range, ...Range[]];

/** The charts' range as it stands in the address. */
export const searchRange = { range: parseAsStringLiteral(rangeNames).withDefault("15m") };
