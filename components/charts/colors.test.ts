import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tenantColors } from "@/components/ui/tenant-color";
import { ciede2000, contrast, difference, visions } from "./testing-color-vision";

const [light = "", dark = ""] = readFileSync("components/theme/tokens.css", "utf8").split(
  ':root[data-mantine-color-scheme="dark"]',
);
const themes = { light: colorsIn(light), dark: colorsIn(dark) };

function colorsIn(css: string): (name: string) => string {
  const found = new Map([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, color]) => [name, color]));
  return (name) => found.get(name) ?? expect.fail(`There is no colour --${name}.`);
}

/** What stands together on one chart and is told apart by colour, besides tenants among themselves. */
const together = [
  ["s-blue", "s-gray"],
  ["s-purple", "s-orange", "s-gray"],
  ["s-blue", "s-orange", "s-slate"],
  ["s-sky", "s-orange"],
  ["s-blue", "s-brick"],
];
const tenants = tenantColors.map((name) => `m-${name}`);
const states = ["t-ok", "t-warn", "t-bad", "t-info"];

test("the difference is that of the formula's published examples", () => {
  expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
  expect(ciede2000([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619])).toBeCloseTo(2.0373, 4);
  expect(ciede2000([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4);
});

for (const [theme, color] of Object.entries(themes)) {
  /** The pairs of a set that are too near for some vision, with how near they are. */
  const tooNear = (names: readonly string[], least: number) =>
    names.flatMap((one, index) =>
      names.slice(index + 1).flatMap((other) =>
        visions.flatMap((vision) => {
          const apart = difference(color(one), color(other), vision);
          return apart < least ? [`${one} and ${other}, ${vision}: ${apart.toFixed(1)}`] : [];
        }),
      ),
    );

  test(`${theme}: tenants' colours are told apart by everybody, from each other and from all others' gray`, () => {
    expect(tooNear([...tenants, "s-gray"], 10)).toEqual([]);
  });

  test(`${theme}: series of one chart are told apart by everybody`, () => {
    expect(together.flatMap((names) => tooNear(names, 10))).toEqual([]);
  });

  test(`${theme}: states are told apart by everybody, besides by their words and marks`, () => {
    expect(tooNear(states, 8)).toEqual([]);
  });

  test(`${theme}: every line stands out from its panel three to one, and letters on a tenant's mark are read`, () => {
    const lines = [...new Set([...together.flat(), ...tenants, ...states, "s-green", "s-sand"])];
    const pale = lines.filter((name) =>
      ["t-panel", "t-raised"].some((ground) => contrast(color(name), color(ground)) < 3),
    );
    expect(pale).toEqual([]);
    expect(tenants.filter((name) => contrast(color(name), color("t-mark-text")) < 4.5)).toEqual([]);
  });
}
