import { ArrowLeft, ArrowRight, RotateCcw, ZoomIn, ZoomOut } from "lucide-react";
import { ChartAction } from "./chart-action";
import { ChartActions, type ChartActionsProps } from "./chart-actions";

type HistoryActionsProps = Omit<ChartActionsProps, "children"> & {
  zoom: (factor: number) => void;
  move: (part: number) => void;
  reset: () => void;
};

/** A history chart's buttons: all that the pointer can do can be done with them, too. */
export function HistoryActions({ zoom, move, reset, ...shared }: HistoryActionsProps) {
  const { title } = shared;
  return (
    <ChartActions {...shared}>
      <ChartAction title={title} label="Earlier" icon={ArrowLeft} act={() => move(-0.5)} />
      <ChartAction title={title} label="Later" icon={ArrowRight} act={() => move(0.5)} />
      <ChartAction title={title} label="Zoom in" icon={ZoomIn} act={() => zoom(0.5)} />
      <ChartAction title={title} label="Zoom out" icon={ZoomOut} act={() => zoom(2)} />
      <ChartAction title={title} label="Reset zoom" icon={RotateCcw} act={reset} />
    </ChartActions>
  );
}
