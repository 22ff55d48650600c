/** A moment as answers tell it, with how many seconds ago it was. */
export function ageOf(at: Date | null, now: Date): { measuredAt: string | null; ageSeconds: number | null } {
  if (at === null) return { measuredAt: null, ageSeconds: null };
  const ageSeconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 100) / 10);
  return { measuredAt: at.toISOString(), ageSeconds };
}
