import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { actions } from "./actions";
import { planContracts } from "./plan-contracts";
import { runStatuses } from "./shapes";

const guide = readFileSync("docs/bulk.md", "utf8");

test("docs/bulk.md names every action in order, with its permission and whether it can be undone", () => {
  const rows = [...guide.matchAll(/^\| `([a-z-]+)` \| `([a-z]+:[a-z]+)` \| (yes|no) \| \S.*\|$/gm)];
  const told = rows.map(([, name, permission, undo]) => ({ name, permission, undo: undo === "yes" }));
  expect(told).toEqual(actions.map(({ name, permission, undo }) => ({ name, permission, undo: undo !== undefined })));
});

test("docs/bulk.md explains every status of a run", () => {
  for (const status of runStatuses) expect(guide).toContain(`\`${status}\``);
});

test("docs/bulk.md names the settings of bulk runs with their defaults", () => {
  const env = readFileSync("lib/platform/env.ts", "utf8");
  for (const [, name, value] of guide.matchAll(/^\| `([A-Z_]+)` \| (\d+) \|/gm))
    expect(env).toMatch(new RegExp(`${name}: .*default\\(${value}\\)`));
  for (const [, name] of env.matchAll(/^ {2}((?:BULK|EXPORT|IMPORT|DELETE)_[A-Z_]+):/gm))
    expect(guide).toContain(`| \`${name}\` |`);
});

test.each(["docs/bulk.md", "docs/migrations.md"])("the requests that %s sends are taken by the API", (file) => {
  const text = readFileSync(file, "utf8");
  const sent = [...text.matchAll(/actions\/bulk-([a-z-]+)[^`]*?(?:--data|-d) '(\{.*\})'/g)];
  expect(sent.length).toBeGreaterThan(0);
  for (const [, action, body] of sent) {
    const contract = planContracts.find(({ path }) => path.endsWith(`/bulk-${action}`));
    expect(contract?.input.safeParse(JSON.parse((body ?? "").replaceAll(`'"$release"'`, "42")))).toMatchObject({
      success: true,
    });
  }
});
