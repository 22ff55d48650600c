"use client";

import { Select, TextInput } from "@mantine/core";
import { periodWords } from "@/components/analytics/search-period";
import { ZoneField } from "@/components/analytics/zone-field";
import { zonedText, zonedTime } from "@/components/analytics/zoned-time";
import form from "@/components/ui/form.module.css";
import { capital } from "@/components/ui/status-badge";
import type { KindView } from "@/lib/reports/shapes";
import { type Choice, hasZone, rangesOf } from "./choice";

type PeriodFieldsProps = {
  kind: KindView;
  choice: Choice;
  error: (path: string) => string | undefined;
  onChange: (part: Partial<Choice>) => void;
  /** A schedule's own zone holds for its reports. */
  withZone?: boolean;
};

/** Over which time a report is: one that ends when it is made, or dates of one's own, in a zone. */
export function PeriodFields({ kind, choice, error, onChange, withZone = true }: PeriodFieldsProps) {
  const { range, from, to, tz } = choice;
  const ranges = rangesOf(kind).map((value) => ({
    value,
    label: capital(periodWords({ range: value, from: null, to: null }).now.replace(/^in the /, "")),
  }));
  const own = [{ value: "own", label: "Dates of my own" }];
  const told = error("input.range") ?? (range === "own" ? undefined : error("input.from"));
  return (
    <>
      <div className={form.pair}>
        <Select
          label="Period"
          data={withZone ? [...ranges, ...own] : ranges}
          allowDeselect={false}
          value={range}
          onChange={(value) => value && onChange({ range: value as Choice["range"] })}
          {...(told !== undefined && { error: told })}
        />
        {withZone && hasZone(kind) && (
          <ZoneField value={tz} onChange={(zone) => onChange({ tz: zone })} error={error("input.tz")} />
        )}
      </div>
      {range === "own" && withZone && (
        <div className={form.pair}>
          <DateField
            label="From"
            zone={tz}
            value={from}
            error={error("input.from")}
            set={(time) => onChange({ from: time })}
          />
          <DateField
            label="To (empty: until now)"
            zone={tz}
            value={to}
            error={error("input.to")}
            set={(time) => onChange({ to: time })}
          />
        </div>
      )}
    </>
  );
}

type DateFieldProps = {
  label: string;
  zone: string;
  value: string;
  error: string | undefined;
  set: (time: string) => void;
};

function DateField({ label, zone, value, error, set }: DateFieldProps) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      value={zonedText(value, zone)}
      onChange={(event) => set(zonedTime(event.currentTarget.value, zone) ?? "")}
      {...(error !== undefined && { error })}
    />
  );
}
