"use client";

import { ActionIcon, Select } from "@mantine/core";
import { useTable } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useMemo } from "react";
import { metrics } from "@/lib/kernel/metrics";
import { type RankSearch, type RankSort, rankSorts } from "./search-metric";
import { hasSum, sumWords } from "./sums";
import { columnsOf, features, type TenantUse } from "./use-columns";
import classes from "./use-table.module.css";

type UseTableProps = { tenants: TenantUse[]; view: RankSearch; onChange: (part: Partial<RankSearch>) => void };

/** Who uses how much of a metric; on phones each tenant is a card, and the order is chosen above them. */
export function UseTable({ tenants, view, onChange }: UseTableProps) {
  const columns = useMemo(() => columnsOf(view.metric), [view.metric]);
  const table = useTable({ features, columns, data: tenants, getRowId: ({ tenant }) => tenant.id });
  return (
    <>
      <PhoneSort view={view} onChange={onChange} />
      <table className={classes.table} aria-label={`Tenants by ${metrics[view.metric].label}`}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map(({ id, column }) => (
                <th key={id} scope="col" data-column={id} aria-sort={sortOf(id, view)}>
                  <SortHeader id={id} view={view} onChange={onChange}>
                    {String(column.columnDef.header)}
                  </SortHeader>
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <td key={cell.id} data-column={cell.column.id} data-label={String(cell.column.columnDef.header)}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

type SortProps = Pick<UseTableProps, "view" | "onChange">;

function SortHeader({ id, children, view, onChange }: SortProps & { id: string; children: string }) {
  const by = rankSorts.find((each) => each === id);
  if (!by) return <span>{children}</span>;
  const Arrow = view.order === "asc" ? ArrowUp : ArrowDown;
  return (
    <button type="button" className={classes.sort} onClick={() => onChange(next(by, view))}>
      {children}
      {view.by === by && <Arrow size={13} aria-hidden="true" />}
    </button>
  );
}

function PhoneSort({ view, onChange }: SortProps) {
  const { metric } = view;
  const data = [
    { value: "avg", label: "Mean" },
    { value: "max", label: "Highest value" },
    ...(hasSum(metric) ? [{ value: "sum", label: sumWords(metric) }] : []),
    { value: "change", label: "Change" },
    { value: "name", label: "Name" },
  ];
  const Arrow = view.order === "asc" ? ArrowUp : ArrowDown;
  return (
    <div className={classes.phone}>
      <Select
        aria-label="Sort by"
        allowDeselect={false}
        data={data}
        value={view.by}
        onChange={(value) => {
          const by = rankSorts.find((each) => each === value);
          if (by && by !== view.by) onChange(next(by, view));
        }}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={view.order === "asc" ? "Sorted upwards, turn round" : "Sorted downwards, turn round"}
        onClick={() => onChange(next(view.by, view))}
      >
        <Arrow size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

/** The order after a choice: most first, names from A; chosen again, the other way round. */
function next(by: RankSort, view: RankSearch): Partial<RankSearch> {
  const turned = view.order === "asc" ? "desc" : "asc";
  return { by, order: view.by === by ? turned : by === "name" ? "asc" : "desc", page: 1 };
}

function sortOf(id: string, view: RankSearch): "ascending" | "descending" | "none" | undefined {
  if (view.by === id) return view.order === "asc" ? "ascending" : "descending";
  return rankSorts.some((sort) => sort === id) ? "none" : undefined;
}
