type Json = Record<string, unknown>;

/**
 * Swagger UI's own resolver parses the whole document for each operation that is opened, which takes seconds. All that
 * this document refers to is in itself, so that what is opened is put together here.
 */
export const resolvePlugin = () => ({
  fn: {
    resolveSubtree: async (document: Json, path: string[]) => ({ spec: subtree(document, path), errors: [] }),
  },
});

/** A part of the document with what it refers to in its place. What refers to itself keeps the inner reference. */
export function subtree(document: Json, path: readonly string[]): unknown {
  return filled(document, at(document, path), []);
}

function filled(document: Json, value: unknown, within: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(document, one, within));
  if (typeof value !== "object" || value === null) return value;
  const { $ref: ref, ...own } = value as Json;
  const known = Object.fromEntries(Object.entries(own).map(([key, one]) => [key, filled(document, one, within)]));
  if (ref === undefined) return known;
  if (typeof ref !== "string" || !ref.startsWith("#/") || within.includes(ref)) return { $ref: ref, ...known };
  const keys = ref.slice(2).split("/");
  const target = at(
    document,
    keys.map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~")),
  );
  return { ...(filled(document, target, [...within, ref]) as Json), ...known };
}

function at(document: Json, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Json | undefined)?.[key], document);
}
