import { Skeleton } from "@mantine/core";
import classes from "./page-skeleton.module.css";

/** The rows of a list within a panel while they are read. */
export function ListSkeletonRows({ rows }: { rows: number }) {
  return (
    <div className={classes.rows} aria-busy="true">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change
        <Skeleton key={index} height={34} radius="sm" />
      ))}
    </div>
  );
}
