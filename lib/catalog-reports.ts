import type { AnyOperation } from "@/lib/gate/operation";
import { exportLake } from "@/lib/lake/export-lake";
import { showLake } from "@/lib/lake/show-lake";
import { cancelReport } from "@/lib/reports/cancel-report";
import { createReport } from "@/lib/reports/create-report";
import { listKinds } from "@/lib/reports/list-kinds";
import { listReports } from "@/lib/reports/list-reports";
import { mailStatus } from "@/lib/reports/mail-status";
import { testMail } from "@/lib/reports/mail-test";
import { removeReport } from "@/lib/reports/remove-report";
import { createSchedule } from "@/lib/reports/schedule-create";
import { editSchedule } from "@/lib/reports/schedule-edit";
import { listSchedules } from "@/lib/reports/schedule-list";
import { removeSchedule } from "@/lib/reports/schedule-remove";
import { runSchedule } from "@/lib/reports/schedule-run";
import { showSchedule } from "@/lib/reports/schedule-show";
import { showReport } from "@/lib/reports/show-report";

/** Files to hand to others: reports, their schedules, mail, and the lake of usage. */
export const reportOperations: readonly AnyOperation[] = [
  listKinds,
  listReports,
  createReport,
  showReport,
  cancelReport,
  removeReport,
  listSchedules,
  createSchedule,
  showSchedule,
  editSchedule,
  removeSchedule,
  runSchedule,
  mailStatus,
  testMail,
  showLake,
  exportLake,
];
