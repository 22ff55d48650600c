import type { AnyKind } from "./kind";
import type { AnyTable } from "./table";
import { kindOf } from "./table-kind";
import * as access from "./tables/access";
import { activities } from "./tables/activities";
import { anomalies } from "./tables/anomalies";
import { audit } from "./tables/audit";
import { bulkItems } from "./tables/bulk-items";
import { bulkRuns } from "./tables/bulk-runs";
import { domains } from "./tables/domains";
import * as fleet from "./tables/fleet";
import * as forecasts from "./tables/forecasts";
import * as growth from "./tables/growth";
import { isolationFindings } from "./tables/isolation-findings";
import { tenantSchemas } from "./tables/tenant-schemas";
import { tenants } from "./tables/tenants";
import { usage } from "./tables/usage";
import * as use from "./tables/use";

/** Every table that can be had as CSV, with where its rows come from. */
export const tables: readonly AnyTable[] = [
  tenants,
  usage,
  activities,
  domains,
  tenantSchemas,
  bulkRuns,
  bulkItems,
  ...Object.values(use),
  ...Object.values(growth),
  anomalies,
  ...Object.values(forecasts),
  ...Object.values(fleet),
  isolationFindings,
  ...Object.values(access),
  audit,
];

/** The same as kinds of reports that are made in the background. */
export const tableKinds: readonly AnyKind[] = tables.map(kindOf);
