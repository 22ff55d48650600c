/** The theme's colours as a canvas needs them: resolved. */
export type Ink = {
  text: string;
  muted: string;
  line: string;
  panel: string;
  warn: string;
  accent: string;
  /** Any variable's colour. */
  of: (variable: string) => string;
};

/** Reads the colours that hold at an element. */
export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const of = (variable: string) => style.getPropertyValue(variable).trim();
  return {
    text: of("--t-text"),
    muted: of("--t-muted"),
    line: of("--t-line"),
    panel: of("--t-raised"),
    warn: of("--t-warn"),
    accent: of("--t-accent"),
    of,
  };
}

/** A colour that lets through what is behind it. */
export function faint(color: string, percent: number): string {
  return `color-mix(in srgb, ${color} ${percent}%, transparent)`;
}

/** The console's font at a size in pixels. */
export function font(size: number) {
  return { family: "'Inter Variable', system-ui, sans-serif", size };
}

/** A value axis that begins at zero, with faint lines and the same width in all charts of a column. */
export function valueAxis(axis: {
  ink: Ink;
  stacked: boolean;
  step: number;
  top: number;
  show: (value: number) => string;
}) {
  const { ink, stacked, step, top, show } = axis;
  return {
    type: "linear" as const,
    beginAtZero: true,
    stacked,
    suggestedMax: top,
    border: { display: false },
    grid: { color: ink.line, drawTicks: false },
    ticks: {
      color: ink.muted,
      padding: 8,
      maxTicksLimit: 6,
      stepSize: step,
      font: font(11),
      callback: (value: string | number) => show(Number(value)),
    },
    afterFit: (scale: { width: number }) => {
      scale.width = Math.max(scale.width, 62);
    },
  };
}
