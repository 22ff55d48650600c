import { type Metric, metrics } from "@/lib/kernel/metrics";

/** A number ready to be shown: its digits and its unit apart, so that they can be set differently. */
export type Shown = { text: string; unit: string };

const formats = [0, 1, 2].map((digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits }));
const fixed = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

const small = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });

/** A measured value in the unit that suits its size. */
export function showMetric(metric: Metric, value: number): Shown {
  const { unit, short, digits } = metrics[metric];
  if (unit === "MiB") return showMebibytes(value);
  if (short === "ms" && value >= 1000) return { text: number(value / 1000, 2), unit: "s" };
  const smallest = 10 ** -digits;
  if (value > 0 && value < smallest / 2) return { text: `<${smallest}`, unit: short };
  return { text: (value >= 1000 ? formats[0] : fixed[digits])?.format(value) ?? String(value), unit: short };
}

/** The same with two digits of a small value, so that it can be told from another: 0.0071 instead of <0.01. */
export function showFinely(metric: Metric, value: number): Shown {
  const { unit, short, digits } = metrics[metric];
  if (unit === "MiB" || value <= 0 || value >= 10 ** (1 - digits)) return showMetric(metric, value);
  return { text: small.format(value), unit: short };
}

/** The same for a chart's axis: round numbers without idle decimals, told apart however small the steps. */
export function showOnAxis(metric: Metric, value: number): string {
  if (value === 0) return "0";
  const { unit, short } = metrics[metric];
  if (unit !== "MiB") return inWords({ text: value < 0.1 ? small.format(value) : number(value, 2), unit: short });
  const size = showMebibytes(value);
  return inWords({ text: size.text.replace(/\.0+$/, ""), unit: size.unit });
}

/** A size given in MiB. */
export function showMebibytes(mebibytes: number): Shown {
  if (mebibytes === 0) return { text: "0", unit: "MiB" };
  if (mebibytes < 1 / 1024) return { text: "<1", unit: "KiB" };
  if (mebibytes < 1) return { text: number(mebibytes * 1024, 0), unit: "KiB" };
  if (mebibytes < 1024) return { text: significant(mebibytes), unit: "MiB" };
  if (mebibytes < 1024 ** 2) return { text: significant(mebibytes / 1024), unit: "GiB" };
  return { text: significant(mebibytes / 1024 ** 2), unit: "TiB" };
}

/** A size that somebody chose, given in MiB, without idle decimals: 2 GiB. */
export function showLimit(mebibytes: number): string {
  const { text, unit } = showMebibytes(mebibytes);
  return inWords({ text: text.includes(".") ? text.replace(/\.?0+$/, "") : text, unit });
}

/** A size given in bytes. */
export function showBytes(bytes: number): string {
  const { text, unit } = showMebibytes(bytes / 1024 ** 2);
  return `${text} ${unit}`;
}

/** A whole number with separators. */
export function count(value: number): string {
  return number(value, 0);
}

/** A shown value as one text. */
export function inWords({ text, unit }: Shown): string {
  return unit === "" ? text : `${text} ${unit}`;
}

function significant(value: number): string {
  return (value >= 100 ? fixed[0] : value >= 10 ? fixed[1] : fixed[2])?.format(value) ?? String(value);
}

function number(value: number, digits: number): string {
  return formats[digits]?.format(value) ?? String(value);
}
