import type { Feed } from "./mapping";
import type { Series } from "./movement";

/** A series as it is stored, with what it feeds and how it ranks among those that say the same. */
export type KnownSeries = Series & { hash: string; feed: Feed; rank: number };

/** The first digits of a series' hash: its resource, and its metric within. */
export const resourceOf = (hash: string): string => hash.slice(0, 20);
export const metricOf = (hash: string): string => hash.slice(0, 32);
