import Table from "cli-table3";
import { cut, printable, widthOf } from "./width";

/** A column: its title, and "right" for numbers. */
export type Column = string | { title: string; align: "right" };

/** What a cell shows; null is unknown or nothing, and shown as a dash. */
export type Cell = string | number | boolean | null | undefined;

const gap = 2;

/** Rows as a table that fits so many columns of a terminal: the widest of its columns are cut first. */
export function drawnTable(columns: readonly Column[], rows: readonly Cell[][], width: number, bold: Bold): string {
  const cells = rows.map((row) => columns.map((_, at) => shown(row[at])));
  const titles = columns.map((column) => (typeof column === "string" ? column : column.title));
  const wanted = titles.map((title, at) => Math.max(widthOf(title), ...cells.map((row) => widthOf(row[at] ?? ""))));
  const widths = fitted(wanted, width - gap * (columns.length - 1));
  const cutRow = (row: string[]) => row.map((cell, at) => cut(cell, widths[at] ?? 1));
  const table = new Table({
    chars: noBorders,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colAligns: columns.map((column) => (typeof column === "string" ? "left" : column.align)),
  });
  table.push(cutRow(titles).map(bold), ...cells.map(cutRow));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

type Bold = (text: string) => string;

const sides = ["top", "bottom", "left", "right", "mid"].flatMap((at) => [at, `${at}-left`, `${at}-mid`, `${at}-right`]);
const noBorders = { ...Object.fromEntries(sides.map((name) => [name, ""])), middle: " ".repeat(gap) };

/** Rows for programs: a line each, tabs between, nothing cut. */
export function plainTable(columns: readonly Column[], rows: readonly Cell[][]): string {
  return rows.map((row) => columns.map((_, at) => shown(row[at], "")).join("\t")).join("\n");
}

function shown(cell: Cell, nothing = "–"): string {
  if (cell === null || cell === undefined || cell === "") return nothing;
  return typeof cell === "number" ? cell.toLocaleString("en", { useGrouping: false }) : printable(String(cell));
}

/** Takes columns from the widest until all fit; a column keeps at least eight, or what it wants. */
function fitted(wanted: readonly number[], room: number): number[] {
  const widths = [...wanted];
  for (let over = sum(widths) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 8) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
