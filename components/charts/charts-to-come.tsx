import { Skeleton } from "@mantine/core";
import classes from "./chart.module.css";

/** The places of charts that are being read. */
export function ChartsToCome({ count = 4 }: { count?: number }) {
  return (
    <div className={classes.toCome} aria-busy="true">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places never change
        <Skeleton key={index} height={266} radius="lg" />
      ))}
    </div>
  );
}
