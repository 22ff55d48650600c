const minute = 60_000;
const longest = 120 * minute;
const dayMs = 24 * 60 * minute;

/** Milliseconds until a message is tried again after so many attempts, the waits growing; null after a day of them. */
export function retryMs(attempts: number): number | null {
  let waited = 0;
  for (let attempt = 1; attempt < attempts; attempt++) waited += waitAfter(attempt);
  return waited >= dayMs ? null : waitAfter(attempts);
}

function waitAfter(attempt: number): number {
  return Math.min(longest, minute * 2 ** (attempt - 1));
}
