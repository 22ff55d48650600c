/** What can be ranked: what it is called, and by what else it is found. */
type Named = { label: string; note?: string; words?: readonly string[] };

/** Text as it is compared: without case, accents and doubled spaces. */
function folded(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll(/[\s_]+/g, " ")
    .trim();
}

/**
 * How well something answers what was typed: 0 not at all, more is better. Its name counts before its notes, a name's
 * begin before a word's begin before any part; several words may stand in any order.
 */
export function score(item: Named, typed: string): number {
  const asked = folded(typed);
  if (asked === "") return 1;
  const label = folded(item.label);
  const others = [item.note ?? "", ...(item.words ?? [])].map(folded);
  if (label === asked || others.includes(asked)) return 100;
  if (label.startsWith(asked)) return 80;
  if (begins(label, asked)) return 60;
  if (others.some((each) => each.startsWith(asked))) return 50;
  if (label.includes(asked)) return 40;
  if (others.some((each) => each.includes(asked))) return 30;
  const all = [label, ...others].join(" ");
  return asked.split(" ").every((word) => begins(all, word)) ? 20 : 0;
}

/** The items that answer, best first; those of equal worth stay in the order they had. */
export function ranked<Item extends Named>(items: readonly Item[], typed: string): Item[] {
  return items
    .map((item) => ({ item, worth: score(item, typed) }))
    .filter(({ worth }) => worth > 0)
    .sort((one, other) => other.worth - one.worth)
    .map(({ item }) => item);
}

// Whether a word of the text begins so.
function begins(text: string, asked: string): boolean {
  let at = text.indexOf(asked);
  while (at >= 0) {
    if (at === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
    at = text.indexOf(asked, at + 1);
  }
  return false;
}
