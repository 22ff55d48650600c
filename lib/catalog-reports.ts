import type { AnyOperation } from "@/lib/gate/operation";
import { cancelReport } from "@/lib/reports/cancel-report";
import { createReport } from "@/lib/reports/create-report";
import { listKinds } from "@/lib/reports/list-kinds";
import { listReports } from "@/lib/reports/list-reports";
import { removeReport } from "@/lib/reports/remove-report";
import { showReport } from "@/lib/reports/show-report";

/** Files to hand to others: reports, their schedules, mail, and the lake of usage. */
export const reportOperations: readonly AnyOperation[] = [
  listKinds,
  listReports,
  createReport,
  showReport,
  cancelReport,
  removeReport,
];
