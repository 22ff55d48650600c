/** One field of what was recorded: its path, and its values before and after as text; null where it was not there. */
export type FieldChange = { field: string; before: string | null; after: string | null; changed: boolean };

/** Two recorded states, field by field: what changed first, then what stayed. */
export function compare(before: unknown, after: unknown): FieldChange[] {
  const [was, is] = [flat(before), flat(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  const changes = names.map((field) => {
    const [old, now] = [was.get(field) ?? null, is.get(field) ?? null];
    return { field, before: old, after: now, changed: old !== now };
  });
  return changes.sort((a, b) => Number(b.changed) - Number(a.changed));
}

const mostShort = 2;

/** What changed of something that was there before and after, when it is two fields at most; otherwise nothing. */
export function shortChanges(before: unknown, after: unknown): FieldChange[] {
  if (before === null || after === null || before === undefined || after === undefined) return [];
  const changed = compare(before, after).filter((change) => change.changed && !isIncidental(change));
  return changed.length <= mostShort ? changed : [];
}

// A version changes with everything, and when it was stands in the row.
function isIncidental({ field, before, after }: FieldChange): boolean {
  return field === "version" || isTime(before) || isTime(after);
}

function isTime(text: string | null): boolean {
  return text !== null && /^\d{4}-\d\d-\d\dT/.test(text);
}

/** A recorded value as fields with dotted paths; lists of plain values stay together. */
export function flat(value: unknown, path = "", into = new Map<string, string>()): Map<string, string> {
  if (value === undefined || (value === null && path === "")) return into;
  if (isPlain(value) || Array.isArray(value)) into.set(path === "" ? "value" : path, show(value));
  else
    for (const [key, member] of Object.entries(Object(value))) flat(member, path === "" ? key : `${path}.${key}`, into);
  return into;
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function show(value: unknown): string {
  if (value === null) return "none";
  if (value === "") return "empty";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every(isPlain)) return value.length === 0 ? "none" : value.map(show).join(", ");
  return JSON.stringify(value);
}
