/** The console's colours for series on white: apart for people who see colours otherwise, and when printed in grey. */
export const colors = {
  blue: "#0068a8",
  sky: "#3d9bd6",
  green: "#008a65",
  orange: "#c06a00",
  purple: "#a6548a",
  slate: "#55646f",
  sand: "#a08f5c",
  brick: "#b8452f",
  olive: "#7d7c12",
  grid: "#e3e9ec",
  words: "#566570",
} as const;

/** The colours of several series on one chart, in their order. */
export const inTurn = [colors.blue, colors.orange, colors.green, colors.purple, colors.slate] as const;
