import { Download } from "lucide-react";
import { ChartAction } from "./chart-action";

/** Saves the figures that a chart draws, as CSV. */
export function SaveFigures({ title, save }: { title: string; save: () => void }) {
  return <ChartAction title={title} label="Save figures (CSV)" icon={Download} act={save} />;
}
