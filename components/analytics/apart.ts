import { inWords, type Shown, showFinely } from "@/components/ui/format";
import { type Metric, metrics } from "@/lib/kernel/metrics";

/** The most digits that figures are given so that they can be told apart. */
const mostDigits = 5;

/** How figures that stand together are written: with more digits where two that differ would look the same. */
export function showApart(metric: Metric, values: readonly (number | null)[]): (value: number) => Shown {
  const known = [...new Set(values.filter((value) => value !== null))];
  const { unit, short } = metrics[metric];
  const usual = (value: number) => showFinely(metric, value);
  if (unit === "MiB" || differ(known, usual)) return usual;
  for (let digits = 3; digits <= mostDigits; digits++) {
    const format = new Intl.NumberFormat("en", { maximumSignificantDigits: digits });
    const show = (value: number): Shown => ({ text: format.format(value), unit: short });
    if (differ(known, show)) return show;
  }
  return usual;
}

function differ(values: readonly number[], show: (value: number) => Shown): boolean {
  return new Set(values.map((value) => inWords(show(value)))).size === values.length;
}
