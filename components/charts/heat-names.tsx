import { memo, type Ref } from "react";
import { Link } from "@/components/ui/link";
import classes from "./heat.module.css";
import type { HeatRow } from "./heat-draw";

type HeatNamesProps = {
  ref: Ref<HTMLDivElement>;
  rows: readonly HeatRow[];
  /** The row at which the cursor is. */
  here: number | null;
  hrefOf: (row: HeatRow) => string;
};

/** The rows' names, which stay while the map moves. The keyboard has the map's cursor instead of 500 links. */
export const HeatNames = memo(function HeatNames({ ref, rows, here, hrefOf }: HeatNamesProps) {
  return (
    <div ref={ref} className={classes.names}>
      {rows.map((row, index) => (
        <Link
          key={row.id}
          href={hrefOf(row)}
          className={classes.name}
          title={row.name}
          data-here={index === here || undefined}
          tabIndex={-1}
          dir="auto"
        >
          {row.name}
        </Link>
      ))}
    </div>
  );
});
