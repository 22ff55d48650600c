import { type Metric, metrics } from "@/lib/kernel/metrics";

/** What stands where a figure is not known. */
export const unknown = "–";

const most = [0, 1, 2].map((digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits }));
const fixed = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);
const signed = new Intl.NumberFormat("en", { maximumFractionDigits: 1, signDisplay: "exceptZero" });
const signedPart = new Intl.NumberFormat("en", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});

/** A metric's value with its unit, as the console shows it; a dash where it is not known. */
export function shownValue(metric: Metric, value: number | null | undefined): string {
  if (value === null || value === undefined) return unknown;
  const { unit, short, digits } = metrics[metric];
  if (unit === "MiB") return mebibytes(value);
  if (short === "ms" && value >= 1000) return `${written(most[2], value / 1000)} s`;
  const smallest = 10 ** -digits;
  if (value > 0 && value < smallest / 2) return withUnit(`<${smallest}`, short);
  return withUnit(written(value >= 1000 ? most[0] : fixed[digits], value), short);
}

/** A size in MiB in the unit that suits it; a dash where it is not known. */
export function mebibytes(value: number | null): string {
  if (value === null) return unknown;
  if (value === 0) return "0 MiB";
  if (value < 1 / 1024) return "<1 KiB";
  if (value < 1) return `${written(most[0], value * 1024)} KiB`;
  const { size, name } = sizeFor(value);
  return `${significant(value / size)} ${name}`;
}

/** The unit in which a size in MiB is told. */
export function sizeFor(value: number): { size: number; name: string } {
  if (value < 1024) return { size: 1, name: "MiB" };
  return value < 1024 ** 2 ? { size: 1024, name: "GiB" } : { size: 1024 ** 2, name: "TiB" };
}

/** A whole number with separators. */
export function count(value: number): string {
  return written(most[0], value);
}

/** "1 tenant", "2 tenants". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A part of the whole, 0 to 1, in percent; a dash where it is not known. */
export function percent(part: number | null | undefined): string {
  return part === null || part === undefined ? unknown : `${written(fixed[1], part * 100)} %`;
}

/** How a figure moved, in percent of what it was; a dash where that can't be said. */
export function change(now: number | null | undefined, before: number | null | undefined): string {
  if (now === null || now === undefined || before === null || before === undefined) return unknown;
  if (now === before) return "unchanged";
  if (before === 0) return "from 0";
  const ratio = (now - before) / before;
  return Math.abs(ratio) >= 10
    ? `× ${written(most[1], now / before)}`
    : `${withMinus(signedPart.format(ratio * 100))} %`;
}

/** A number that tells by its sign whether it became more. */
export function withSign(value: number): string {
  return withMinus(signed.format(value));
}

/** The sign that is as wide as a plus. */
const withMinus = (text: string) => text.replace("-", "\u2212");

function withUnit(text: string, unit: string): string {
  return unit === "" ? text : `${text} ${unit}`;
}

function significant(value: number): string {
  return written(value >= 100 ? fixed[0] : value >= 10 ? fixed[1] : fixed[2], value);
}

function written(format: Intl.NumberFormat | undefined, value: number): string {
  return format?.format(value) ?? String(value);
}
