import type { ServerView } from "@/lib/servers/contract";

/** How a server's state is said and coloured. */
export const serverStates = {
  ok: { word: "Measured", tone: "ok" },
  stale: { word: "Stale", tone: "warn" },
  unreachable: { word: "Unreachable", tone: "bad" },
  new: { word: "New", tone: "info" },
} as const satisfies Record<ServerView["state"], { word: string; tone: string }>;
