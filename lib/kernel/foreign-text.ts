/** The beginning of a text that somebody else made up: at most so long, and no character of it cut in half. */
export function beginning(text: string, longest: number): string {
  return text.length > longest ? text.slice(0, longest).replace(/[\ud800-\udbff]$/, "") : text;
}

/**
 * JSON for PostgreSQL, which refuses some characters: they are replaced. One such text among many must not keep the others
 * from being stored.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, one) => (typeof one === "string" ? one.replace(/[\0\p{Cs}]/gu, "\ufffd") : one));
}
