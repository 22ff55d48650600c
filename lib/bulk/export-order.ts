/** That a table's rows name rows of another. */
export type Reference = { from: number; to: number };

/**
 * Tables in groups, in an order in which foreign keys let them be filled: what a table refers to stands before it. A
 * group of more than one is a cycle, in which no order is right. (Tarjan: groups come out when all they lead to is out.)
 */
export function loadOrder(tables: readonly number[], references: readonly Reference[]): number[][] {
  const targets = new Map<number, number[]>(tables.map((table) => [table, []]));
  for (const { from, to } of references) if (from !== to && targets.has(to)) targets.get(from)?.push(to);
  const found = new Map<number, { index: number; low: number; open: boolean }>();
  const open: number[] = [];
  const groups: number[][] = [];

  function visit(table: number): { index: number; low: number; open: boolean } {
    const self = { index: found.size, low: found.size, open: true };
    found.set(table, self);
    open.push(table);
    for (const target of targets.get(table) ?? []) {
      const seen = found.get(target);
      if (!seen) self.low = Math.min(self.low, visit(target).low);
      else if (seen.open) self.low = Math.min(self.low, seen.index);
    }
    if (self.low === self.index) groups.push(close(table));
    return self;
  }

  function close(table: number): number[] {
    const group = open.splice(open.indexOf(table));
    for (const one of group) {
      const state = found.get(one);
      if (state) state.open = false;
    }
    return group;
  }

  for (const table of tables) if (!found.has(table)) visit(table);
  return groups;
}
