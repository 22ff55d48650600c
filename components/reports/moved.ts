/** A list with one of its members moved by a place; as it was where there is no such place. */
export function moved(list: readonly string[], at: number, by: 1 | -1): string[] {
  const [one, other] = [list[at], list[at + by]];
  if (one === undefined || other === undefined) return [...list];
  return list.map((each, index) => (index === at ? other : index === at + by ? one : each));
}
