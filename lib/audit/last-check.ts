/** A check of the whole trail: when (Unix milliseconds), and what came of it. */
export type LastCheck = { at: number; intact: boolean; checked: number };

// A page and a route have this module each: the check is the process's.
const held = globalThis as { tenantryAuditCheck?: LastCheck };

/** Remembers a check of the whole trail for as long as the process runs. */
export function noteCheck(check: LastCheck): void {
  held.tenantryAuditCheck = check;
}

/** This process's last check of the whole trail; null before its first. */
export function lastCheck(): LastCheck | null {
  return held.tenantryAuditCheck ?? null;
}
