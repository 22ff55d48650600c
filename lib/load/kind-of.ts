import type { Answer } from "./answer";

type Told = { code?: unknown; reason?: unknown; name?: unknown };

/** Reasons by which a pool's own limits turn requests away. */
const ofLimits: Record<string, string> = {
  pool: "no connection of the process was free in time",
  pool_tenant: "too many of one tenant waited for a connection",
  "53300": "the server has no connection left",
};

/** What an error counts as: by its code, never by its words, which may name what one request asked for. */
export function kindOf(error: unknown): Answer {
  const { code, reason, name } = (typeof error === "object" && error !== null ? error : {}) as Told;
  const limit = ofLimits[String(reason)] ?? ofLimits[String(code)];
  if (limit !== undefined) return { kind: "limited", what: limit };
  const what = reason ?? code ?? name;
  return { kind: "failed", what: what === undefined ? "unknown" : String(what) };
}
