/**
 * What is said on the channel `tenantry_processes`: everybody is asked to tell of itself, on a channel of the asker's
 * own, or caches are cleared, by their names.
 */
export type ProcessWord = { ask: string } | { clear: string[] };

/** What a payload says; undefined for what nobody here says. */
export function processWord(payload: string): ProcessWord | undefined {
  try {
    const word: unknown = JSON.parse(payload);
    if (typeof word !== "object" || word === null) return undefined;
    if ("ask" in word && typeof word.ask === "string" && /^tenantry_told_[0-9a-f]{16}$/.test(word.ask))
      return { ask: word.ask };
    if ("clear" in word && Array.isArray(word.clear))
      return { clear: word.clear.filter((name): name is string => typeof name === "string") };
    return undefined;
  } catch {
    return undefined;
  }
}

/** The names of the caches that a payload clears. */
export function clearedCaches(payload: string): string[] {
  const word = processWord(payload);
  return word && "clear" in word ? word.clear : [];
}
