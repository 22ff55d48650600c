import type { AnyTableShape } from "./contract-table";
import { auditTable } from "./contract-tables-audit";
import { tenantsTable, usageTable } from "./contract-tables-tenants";

/** Every table that can be had as CSV: its name, words, columns and the contract of its download. */
export const tableShapes: readonly AnyTableShape[] = [tenantsTable, usageTable, auditTable];

/** The contracts of all direct downloads. */
export const tableContracts = tableShapes.map(({ contract }) => contract);

/** Of a table's name; undefined where there is none. */
export function tableShapeNamed(name: string): AnyTableShape | undefined {
  return tableShapes.find((shape) => shape.name === name);
}
