"use client";

import { FlexRender, type Row, useTable } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { memo } from "react";
import { nameCut, openRow } from "@/components/ui/rows";
import { metricNames } from "@/lib/kernel/metrics";
import { type TenantSort, type TenantView, tenantSorts } from "@/lib/tenants/shapes";
import type { TenantSearch } from "./search-tenants";
import { SelectBox, SelectPageBox } from "./select-box";
import { columns, features } from "./tenant-columns";
import classes from "./tenant-table.module.css";
import type { TenantChoice } from "./use-selection";

type TenantTableProps = {
  tenants: TenantView[];
  view: TenantSearch;
  onChange: (part: Partial<TenantSearch>) => void;
  /** Which tenants are chosen; null where nothing could be done with them. */
  choice: TenantChoice | null;
};

/** The list as a table, on screens with room for one. */
export function TenantTable({ tenants, view, onChange, choice }: TenantTableProps) {
  const table = useTable({ features, columns, data: tenants, getRowId: (tenant) => tenant.id });
  return (
    <table className={classes.table} aria-label="Tenants">
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {choice && (
              <th scope="col" data-column="select">
                <SelectPageBox choice={choice} />
              </th>
            )}
            {group.headers.map((header) => (
              <th
                key={header.id}
                scope="col"
                data-column={header.id}
                data-numeric={isNumeric(header.id) || undefined}
                aria-sort={sortOf(header.id, view)}
              >
                <SortHeader id={header.id} view={view} onChange={onChange}>
                  {String(header.column.columnDef.header)}
                </SortHeader>
              </th>
            ))}
          </tr>
        ))}
      </thead>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a larger target for the row's own link, which takes the keyboard */}
      <tbody onClick={openRow} onMouseOver={nameCut} onFocus={nameCut}>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} data-chosen={choice?.has(row.id) || undefined}>
            {choice && (
              <td data-column="select" data-own-click>
                <SelectBox tenant={row.original} choice={choice} />
              </td>
            )}
            <Cells row={row} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A tenant's cells, which are drawn again only once something about that tenant has changed. */
const Cells = memo(
  function Cells({ row }: { row: Row<typeof features, TenantView> }) {
    return row.getAllCells().map((cell) => (
      <td key={cell.id} data-column={cell.column.id} data-numeric={isNumeric(cell.column.id) || undefined}>
        <FlexRender cell={cell} />
      </td>
    ));
  },
  (before, after) => before.row.original === after.row.original,
);

type SortHeaderProps = { id: string; children: string } & Pick<TenantTableProps, "view" | "onChange">;

function SortHeader({ id, children, view, onChange }: SortHeaderProps) {
  const sort = tenantSorts.find((each) => each === id);
  if (!sort) return <span className={classes.plain}>{children}</span>;
  const here = view.sort === sort;
  const Arrow = view.order === "asc" ? ArrowUp : ArrowDown;
  return (
    <button type="button" className={classes.sort} onClick={() => onChange(nextSort(sort, view))}>
      {children}
      {here && <Arrow size={13} aria-hidden="true" />}
    </button>
  );
}

/** The order after a click on a column: largest first for measured ones, then the other way round. */
export function nextSort(sort: TenantSort, view: Pick<TenantSearch, "sort" | "order">): Partial<TenantSearch> {
  if (view.sort === sort) return { sort, order: view.order === "asc" ? "desc" : "asc" };
  return { sort, order: isNumeric(sort) || sort === "createdAt" ? "desc" : "asc" };
}

function isNumeric(id: string): boolean {
  return metricNames.some((metric) => metric === id);
}

function sortOf(id: string, view: TenantSearch): "ascending" | "descending" | "none" | undefined {
  if (view.sort === id) return view.order === "asc" ? "ascending" : "descending";
  return tenantSorts.some((sort) => sort === id) ? "none" : undefined;
}
