"use client";

import { Disclosure } from "@/components/ui/disclosure";
import type { KindView } from "@/lib/reports/shapes";
import type { Choice } from "./choice";
import { ColumnChooser } from "./column-chooser";
import { FilterFields } from "./filter-fields";
import { PeriodFields } from "./period-fields";

type ReportFieldsProps = {
  kind: KindView;
  choice: Choice;
  error: (path: string) => string | undefined;
  onChange: (part: Partial<Choice>) => void;
  /** Whether the period is chosen here, and whether with dates and zone. */
  period?: "all" | "range" | "none";
};

/** The period, the filters and the columns of a report, of those that its kind takes. */
export function ReportFields({ kind, choice, error, onChange, period = "all" }: ReportFieldsProps) {
  const all = kind.columns.map(({ name }) => name);
  return (
    <>
      {kind.period && period !== "none" && (
        <PeriodFields kind={kind} choice={choice} error={error} onChange={onChange} withZone={period === "all"} />
      )}
      <FilterFields kind={kind} choice={choice} error={error} onChange={onChange} />
      {kind.columns.length > 0 && (
        <Disclosure
          open={error("input.columns") !== undefined || undefined}
          summary={
            choice.columns === null ? `All ${all.length} columns` : `${choice.columns.length} of ${all.length} columns`
          }
        >
          <ColumnChooser
            columns={kind.columns}
            chosen={choice.columns ?? all}
            error={error("input.columns")}
            onChange={(columns) => onChange({ columns: isAll(columns, all) ? null : columns })}
          />
        </Disclosure>
      )}
    </>
  );
}

function isAll(columns: readonly string[], all: readonly string[]): boolean {
  return columns.length === all.length && columns.every((name, index) => name === all[index]);
}
