/** The address of a table's direct download: narrowed as the screen is, with these columns in this order. */
export function tablePath(table: string, input: Readonly<Record<string, unknown>>, columns: readonly string[] = []) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...input, columns })) {
    const values = [value].flat().filter((each) => each !== undefined && each !== null && each !== "");
    for (const each of values) query.append(name, String(each));
  }
  return `/api/tenancy/reports/tables/${table}${query.size > 0 ? `?${query}` : ""}`;
}
