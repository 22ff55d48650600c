import { operation } from "@/lib/gate/operation";
import { showReportContract } from "./contract";
import { findReport } from "./find-report";
import { reportView } from "./view";

/** A report: how far it is, its file, and to whom it was mailed. */
export const showReport = operation(showReportContract, async (ctx, { id }) => reportView(await findReport(ctx, id)));
