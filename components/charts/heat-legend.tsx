"use client";

import { useComputedColorScheme } from "@mantine/core";
import classes from "./heat.module.css";
import { heatStops, heatValue } from "./heat-colors";

type HeatLegendProps = {
  /** The highest value; null: each row has a scale of its own. */
  highest: number | null;
  show: (value: number) => string;
};

const marks = [0, 0.25, 0.5, 0.75, 1];

/** Which colour stands for how much, and what hatching means. */
export function HeatLegend({ highest, show }: HeatLegendProps) {
  const scheme = useComputedColorScheme("light");
  return (
    <div className={classes.legend}>
      <div className={classes.scale}>
        <span
          className={classes.ramp}
          style={{ background: `linear-gradient(to right, ${heatStops[scheme].join(", ")})` }}
          aria-hidden="true"
        />
        <span className={classes.marks}>
          {marks.map((part) => (
            <span key={part}>
              {highest === null ? `${part * part * 100} %`.replace(/(\.\d)\d+/, "$1") : show(heatValue(part, highest))}
            </span>
          ))}
        </span>
      </div>
      {highest === null && <span>of each tenant's own peak</span>}
      <span className={classes.unknown}>
        <span className={classes.hatch} aria-hidden="true" />
        not known
      </span>
    </div>
  );
}
