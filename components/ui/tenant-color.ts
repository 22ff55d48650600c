const colors = ["blue", "green", "orange", "purple", "teal", "brick", "olive", "slate"] as const;

/** The colour of a tenant: always the same, from its id. */
export function tenantColor(id: string): string {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return `var(--m-${colors[hash % colors.length]})`;
}
