/** What the console may cost: a figure above it makes the bench fail. */
export const budgets = {
  /** Median of the largest contentful paint with an empty cache, milliseconds. */
  paintMs: 1000,
  /** Median from an input to the next paint, milliseconds. */
  interactionMs: 100,
  /** Main thread of an open overview, percent of a core. */
  livePercent: 5,
  /** Lighthouse's scores on a desktop, of 100. */
  score: 95,
  audited: ["overview", "tenants", "tenant", "bulk run"],
};

/** What is aimed at for a page's first load: kB (1000 bytes) of gzipped JavaScript. */
const aim = 200;

/** Pages that are above it, as they are with a little room: these only ever go down. */
const held: readonly [RegExp, number][] = [
  [/^\/(sign-in|set-up|join|new-password|enrol|reference|refused)\b/, 218],
  [/^\//, 368],
];

/** The gzipped JavaScript that a page's first load may have, in kB. */
export function javascriptBudget(route: string): number {
  return held.find(([pattern]) => pattern.test(route))?.[1] ?? aim;
}

/** Whether a first load of so many bytes is more than is aimed at. */
export function isOver(bytes: number): boolean {
  return bytes > aim * 1000;
}
