import { expect, test } from "vitest";
import { heatColor, heatPart, heatScale, heatValue } from "./heat-colors";

const lightness = (color: string) => {
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

test("a higher value differs in lightness alone, in both themes", () => {
  const light = heatScale("light").map(lightness);
  const dark = heatScale("dark").map(lightness);
  expect(light).toEqual([...light].sort((one, other) => other - one));
  expect(dark).toEqual([...dark].sort((one, other) => one - other));
});

test("the legend's values are those that the colours stand for", () => {
  for (const part of [0, 0.25, 0.5, 1]) expect(heatPart(heatValue(part, 80), 80)).toBeCloseTo(part);
});

test("nothing is coloured beyond the scale, and a fleet of zeros has the lowest colour", () => {
  const scale = heatScale("light");
  expect(heatColor(scale, 200, 100)).toBe(scale.at(-1));
  expect(heatColor(scale, 0, 0)).toBe(scale[0]);
});
