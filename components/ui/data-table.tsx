"use client";

import { Skeleton } from "@mantine/core";
import type { CSSProperties, ReactNode } from "react";
import classes from "./data-table.module.css";
import { nameCut, openRow } from "./rows";

/** A column: its heading, what stands in its cells, and how wide it is (those without a width share what is left). */
export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  width?: number;
  quiet?: boolean;
  /** Figures: at the right, each digit as wide as the others. */
  numeric?: boolean;
  /** Whether its words are shown on several lines: their end may matter most. */
  wraps?: boolean;
};

type DataTableProps<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  /** Null while they are read: rows of the same shape stand in their place. */
  rows: readonly Row[] | null;
  /** What stands at a row's end, such as its menu, and how much room that takes. */
  actions?: (row: Row) => ReactNode;
  actionsWidth?: number;
  faded?: (row: Row) => boolean;
  /** As cards: the first two columns in a line, the quiet ones in another, without the names of the columns. */
  compact?: boolean;
  /** Rows of figures: lower, and as cards several figures beside each other. */
  dense?: boolean;
};

const skeletonRows = ["a", "b", "c", "d", "e", "f"] as const;

/** A list as a table; where there is no room for one, each row is a card that names its values. */
export function DataTable<Row extends { id: string }>(props: DataTableProps<Row>) {
  const { label, columns, rows, actions, actionsWidth = 104, faded, compact, dense } = props;
  // As a card, a row has its first column beside the actions: a menu, or words as wide as they were said to be.
  const beside = { "--beside": `${actionsWidth - 16}px` };
  return (
    <div className={classes.frame} {...(actions && { style: beside as CSSProperties })}>
      <table
        className={classes.table}
        aria-label={label}
        aria-busy={rows === null}
        data-compact={compact}
        data-dense={dense}
      >
        <Heads columns={columns} actionsWidth={actions && actionsWidth} />
        {rows === null ? (
          <SkeletonRows columns={columns} actions={actions !== undefined} />
        ) : (
          // biome-ignore lint/a11y/useKeyWithClickEvents: a larger target for the row's own link, which takes the keyboard
          <tbody onClick={openRow} onMouseOver={nameCut} onFocus={nameCut}>
            {rows.map((row) => (
              <tr key={row.id} data-faded={faded?.(row) || undefined}>
                {columns.map(({ id, header, cell, quiet, numeric, wraps }) => (
                  <td key={id} data-label={header} data-quiet={quiet} data-numeric={numeric} data-wraps={wraps}>
                    <div className={classes.cell}>{cell(row)}</div>
                  </td>
                ))}
                {actions && <td className={classes.actions}>{actions(row)}</td>}
              </tr>
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

/** Room for a column whose width is not said, in pixels. */
const roomOfRest = 240;

/** How much of a table a column takes: as wide as it was said, and less where the rest would be cut for want of room. */
function shares<Row>(columns: readonly Column<Row>[], actionsWidth: number): (width: number) => CSSProperties {
  const all = columns.reduce((sum, { width = roomOfRest }) => sum + width, actionsWidth);
  return (width) => ({ width: `min(${width}px, ${((100 * width) / all).toFixed(2)}cqi)` });
}

type HeadsProps<Row> = { columns: readonly Column<Row>[]; actionsWidth: number | undefined };

function Heads<Row>({ columns, actionsWidth }: HeadsProps<Row>) {
  const narrowed = shares(columns, actionsWidth ?? 0);
  return (
    <thead>
      <tr>
        {columns.map(({ id, header, width, numeric }) => (
          <th key={id} scope="col" data-numeric={numeric} {...(width !== undefined && { style: narrowed(width) })}>
            {header}
          </th>
        ))}
        {actionsWidth !== undefined && (
          <th scope="col" className={classes.actions} style={{ width: actionsWidth }}>
            <span className={classes.hidden}>Actions</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

function SkeletonRows<Row>({ columns, actions }: { columns: readonly Column<Row>[]; actions: boolean }) {
  return (
    <tbody>
      {skeletonRows.map((key) => (
        <tr key={key}>
          {columns.map(({ id }, index) => (
            <td key={id}>
              <Skeleton height={12} width={index === 0 ? "60%" : "70%"} radius="sm" />
            </td>
          ))}
          {actions && <td />}
        </tr>
      ))}
    </tbody>
  );
}

/** Two lines of a cell: what it is about, and what belongs to it. */
export function TwoLines({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <span className={classes.lines}>
      <span className={classes.first}>{first}</span>
      <span className={classes.second}>{second}</span>
    </span>
  );
}
