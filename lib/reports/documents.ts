import { fleetReport } from "./documents/fleet-report";
import { tenantReport } from "./documents/tenant-report";
import type { AnyKind } from "./kind";

/** Every document that can be had as PDF. */
export const documentKinds: readonly AnyKind[] = [fleetReport, tenantReport];
