import { staleSeconds } from "@/lib/kernel/metrics";
import type { ConnectionState } from "./live-connection";

/** What people should know about the freshness of what they see. */
export type LiveStatus =
  | { kind: "connecting" | "live" | "reconnecting" | "idle" }
  | { kind: "refused"; why: string }
  | { kind: "stale"; since: number | null };

/** Judges the connection at a moment. */
export function liveStatus(state: ConnectionState, now: number | null): LiveStatus {
  if (state.phase === "idle" || now === null) return { kind: "idle" };
  if (state.refusal !== null) return { kind: "refused", why: state.refusal };
  const heard = state.lastTickAt ?? state.since;
  if (now - heard > staleSeconds * 1000) return { kind: "stale", since: state.lastTickAt };
  if (state.phase === "lost") return { kind: "reconnecting" };
  return { kind: state.lastTickAt === null ? "connecting" : "live" };
}
