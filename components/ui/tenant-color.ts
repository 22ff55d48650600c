/** The colours that tenants have, told apart also without seeing hues (components/charts/colors.test.ts). */
export const tenantColors = ["blue", "green", "orange", "purple", "teal", "brick", "olive", "rose"] as const;

/** The CSS variable of a tenant's colour: always the same, from its id. */
export function tenantHue(id: string): `--m-${(typeof tenantColors)[number]}` {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return `--m-${tenantColors[hash % tenantColors.length] ?? "blue"}`;
}

/** The colour of a tenant, for a style. */
export function tenantColor(id: string): string {
  return `var(${tenantHue(id)})`;
}
