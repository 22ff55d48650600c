import { Progress } from "@mantine/core";
import text from "@/components/ui/text.module.css";
import type { ReportView } from "@/lib/reports/shapes";
import classes from "./reports.module.css";
import { progressWords } from "./words";

/** How far a report is that is being made: rows of rows, or that it goes on. */
export function ReportProgress({ report }: { report: ReportView }) {
  const { title, rows, total, status } = report;
  const part = total === null || total === 0 ? null : Math.min(100, (rows / total) * 100);
  return (
    <span className={classes.progress}>
      <Progress
        size="sm"
        value={part ?? 100}
        animated={part === null && status === "running"}
        color="petrol"
        aria-label={`Progress of ${title}`}
        {...(part === null && { "aria-valuetext": progressWords(report) })}
      />
      <span className={text.small}>{progressWords(report)}</span>
    </span>
  );
}
