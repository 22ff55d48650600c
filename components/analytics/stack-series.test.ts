import { expect, test } from "vitest";
import type { Points } from "@/lib/history/shapes";
import { stackSeries, sumPoints } from "./stack-series";

const over = { avg: 1, min: 1, max: 1, last: 1, sum: 1, known: 1 };
const at = (...values: (number | null)[]): Points => values.map((value, index) => [index, value]);

const tenant = (name: string, points: Points) => ({
  tenant: { id: name, slug: name, name, status: "active" as const, plan: "starter" },
  over,
  share: null,
  before: null,
  points,
});

test("series add up, and what nobody knows stays unknown", () => {
  expect(sumPoints([at(1, null, null), at(2, 3, null)])).toEqual(at(3, 3, null));
});

test("beyond the first five, tenants are in 'All others', so that the bands still add up", () => {
  const tenants = Array.from({ length: 7 }, (_, index) => tenant(`t${index}`, at(index)));
  const stack = stackSeries({ tenants, rest: at(10), parts: [{ name: "unattributed", points: at(2) }] });
  expect(stack.map(({ label }) => label)).toEqual(["t0", "t1", "t2", "t3", "t4", "All others", "Unattributed"]);
  expect(stack.find(({ key }) => key === "rest")?.points).toEqual(at(10 + 5 + 6));
  expect(new Set(stack.map(({ color, dashed }) => `${color} ${dashed}`)).size, "each band has a look of its own").toBe(
    7,
  );
});

test("where the top is everybody there are no others", () => {
  for (const left of [null, 0, 1e-12]) {
    const stack = stackSeries({ tenants: [tenant("only", at(1))], rest: at(left), parts: [] });
    expect(stack.map(({ label }) => label)).toEqual(["only"]);
  }
});
