/** Under what this browser keeps the places that a user looked at of late: this and the user's id. */
export const visitsPrefix = "tenantry.visits.";

/** Forgets all of them: whoever sits here next need not see which tenants were looked at. */
export function forgetVisits(): void {
  try {
    for (const key of Object.keys(window.localStorage)) {
      if (key.startsWith(visitsPrefix)) window.localStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
