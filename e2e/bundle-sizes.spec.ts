import { expect, test } from "@playwright/test";
import { javascriptBudget } from "../bench/console-budgets";
import { routeSizes } from "../bench/console-bundles";

test("no page's first load has more JavaScript than its budget", () => {
  const sizes = routeSizes(".next");
  expect(sizes.length).toBeGreaterThan(30);
  const over = sizes.filter(({ route, javascript }) => javascript > javascriptBudget(route) * 1000);
  // What to do: npm run bench -- console --quick says what is large; a dialog or a chart can come later.
  expect(over.map(({ route, javascript }) => `${route}: ${javascript} bytes`)).toEqual([]);
});
