import { FileDown, ImageDown } from "lucide-react";
import type { ReactNode } from "react";
import { AsTableAction, ChartAction, HowMeasured } from "./chart-action";

export type ChartActionsProps = {
  title: string;
  /** How the figures were measured, a sentence each. */
  sources: readonly string[];
  asTable: boolean;
  toggleTable: () => void;
  savePicture: () => void;
  saveFigures: () => void;
  /** Buttons that move the drawing; they stand first, and only beside a drawing. */
  children?: ReactNode;
};

/** The buttons of every chart, always these and in this order: as a table, as a picture, as figures, how measured. */
export function ChartActions(props: ChartActionsProps) {
  const { title, sources, asTable, toggleTable, savePicture, saveFigures, children } = props;
  return (
    <>
      {!asTable && children}
      <AsTableAction title={title} asTable={asTable} toggle={toggleTable} />
      <ChartAction
        title={title}
        label={asTable ? "Save picture (PNG): of the chart" : "Save picture (PNG)"}
        icon={ImageDown}
        act={savePicture}
        off={asTable}
      />
      <ChartAction title={title} label="Save figures (CSV)" icon={FileDown} act={saveFigures} />
      <HowMeasured title={title} sources={sources} />
    </>
  );
}
