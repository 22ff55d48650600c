import { env } from "@/lib/platform/env";

/** How finely days are written. */
export const lakeLevels = ["minute", "hour"] as const;
export type LakeLevel = (typeof lakeLevels)[number];

/** Where the lake is, and how finely days that are new are written. */
export type Lake = { folder: string; level: LakeLevel };

/** The lake of LAKE_DIR; null while none is set. */
export function ownLake(): Lake | null {
  const { LAKE_DIR, LAKE_LEVEL } = env();
  return LAKE_DIR === "" ? null : { folder: LAKE_DIR, level: LAKE_LEVEL };
}
