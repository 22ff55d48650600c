import type { AnyKind } from "./kind";
import type { AnyTable } from "./table";
import { kindOf } from "./table-kind";
import { audit } from "./tables/audit";
import { tenants } from "./tables/tenants";
import { usage } from "./tables/usage";

/** Every table that can be had as CSV, with where its rows come from. */
export const tables: readonly AnyTable[] = [tenants, usage, audit];

/** The same as kinds of reports that are made in the background. */
export const tableKinds: readonly AnyKind[] = tables.map(kindOf);
