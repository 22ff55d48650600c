/** Colours from lowest to highest: told apart by lightness alone, so also without seeing hues, on light and dark. */
export const heatStops = {
  light: ["#e4eff3", "#a9d3de", "#5fb0c4", "#1f7e96", "#0a4f61", "#04232d"],
  dark: ["#17303a", "#125468", "#1d7f98", "#55b0c8", "#a6dcea", "#f2fcff"],
} as const;

/** Where between lowest and highest a value is coloured: by its root, since few tenants are far above the others. */
export function heatPart(value: number, highest: number): number {
  if (highest <= 0) return 0;
  return Math.sqrt(Math.min(1, Math.max(0, value / highest)));
}

/** The value that has the colour at a part of the scale: the other way round. */
export function heatValue(part: number, highest: number): number {
  return part * part * highest;
}

/** A scale of 64 colours for a theme. */
export function heatScale(scheme: "light" | "dark"): string[] {
  const stops = heatStops[scheme].map(channels);
  return Array.from({ length: 64 }, (_, index) => {
    const at = (index / 63) * (stops.length - 1);
    const [low, high] = [stops[Math.floor(at)] ?? [0, 0, 0], stops[Math.ceil(at)] ?? [0, 0, 0]];
    const mixed = low.map((from, channel) => Math.round(from + ((high[channel] ?? 0) - from) * (at % 1)));
    return `rgb(${mixed.join(" ")})`;
  });
}

/** The colour of a value. */
export function heatColor(scale: readonly string[], value: number, highest: number): string {
  return scale[Math.round(heatPart(value, highest) * (scale.length - 1))] ?? "transparent";
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
