import { ActionIcon, Menu } from "@mantine/core";
import { ArrowLeft, ArrowRight, Download, RotateCcw, ZoomIn, ZoomOut } from "lucide-react";
import { AsTableAction, ChartAction, HowMeasured, looks } from "./chart-action";

export type HistoryActionsProps = {
  title: string;
  sources: string[];
  asTable: boolean;
  toggleTable: () => void;
  zoom: (factor: number) => void;
  move: (part: number) => void;
  reset: () => void;
  savePicture: () => void;
  saveTable: () => void;
};

/** A history chart's buttons: all that the pointer can do can be done with them, too. */
export function HistoryActions(props: HistoryActionsProps) {
  const { title, sources, asTable, toggleTable, zoom, move, reset } = props;
  return (
    <>
      {!asTable && (
        <>
          <ChartAction title={title} label="Earlier" icon={ArrowLeft} act={() => move(-0.5)} />
          <ChartAction title={title} label="Later" icon={ArrowRight} act={() => move(0.5)} />
          <ChartAction title={title} label="Zoom in" icon={ZoomIn} act={() => zoom(0.5)} />
          <ChartAction title={title} label="Zoom out" icon={ZoomOut} act={() => zoom(2)} />
          <ChartAction title={title} label="Reset zoom" icon={RotateCcw} act={reset} />
        </>
      )}
      <AsTableAction title={title} asTable={asTable} toggle={toggleTable} />
      <SaveMenu {...props} />
      <HowMeasured title={title} sources={sources} />
    </>
  );
}

function SaveMenu({ title, asTable, savePicture, saveTable }: HistoryActionsProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon {...looks} aria-label={`${title}: Save`}>
          <Download size={15} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!asTable && <Menu.Item onClick={savePicture}>Save as picture (PNG)</Menu.Item>}
        <Menu.Item onClick={saveTable}>Save figures (CSV)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
