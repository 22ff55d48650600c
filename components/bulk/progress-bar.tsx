import { count } from "@/components/ui/format";
import type { RunView } from "@/lib/bulk/shapes";
import classes from "./progress.module.css";
import { outcomeWords } from "./words";

const parts = ["done", "skipped", "failed", "cancelled", "running"] as const;

type ProgressBarProps = { counts: RunView["counts"]; label: string; size?: "thin" | "thick" };

/** How far something has come, by what became of its tenants; in words for those who can't see it. */
export function ProgressBar({ counts, label, size = "thin" }: ProgressBarProps) {
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const ended = total - counts.pending - counts.running;
  return (
    <div
      className={classes.bar}
      data-size={size}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={ended}
      aria-valuetext={`${count(ended)} of ${count(total)}: ${outcomeWords(counts)}`}
    >
      {parts.map(
        (status) =>
          counts[status] > 0 && (
            <span
              key={status}
              data-status={status}
              style={{ flexGrow: counts[status] }}
              title={`${counts[status]} ${status}`}
            />
          ),
      )}
      {counts.pending > 0 && <span data-status="pending" style={{ flexGrow: counts.pending }} />}
    </div>
  );
}
