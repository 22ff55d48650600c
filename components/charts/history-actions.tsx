import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  ArrowLeft,
  ArrowRight,
  ChartArea,
  Download,
  Info,
  type LucideIcon,
  RotateCcw,
  Table2,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import classes from "./chart.module.css";
import { SourceText } from "./source-text";

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
          <Action title={title} label="Earlier" icon={ArrowLeft} act={() => move(-0.5)} />
          <Action title={title} label="Later" icon={ArrowRight} act={() => move(0.5)} />
          <Action title={title} label="Zoom in" icon={ZoomIn} act={() => zoom(0.5)} />
          <Action title={title} label="Zoom out" icon={ZoomOut} act={() => zoom(2)} />
          <Action title={title} label="Reset zoom" icon={RotateCcw} act={reset} />
        </>
      )}
      <Action
        title={title}
        label={asTable ? "View as chart" : "View as table"}
        icon={asTable ? ChartArea : Table2}
        act={toggleTable}
      />
      <SaveMenu {...props} />
      <Tooltip label={<SourceText sources={sources} />} multiline maw={360}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          className={classes.action ?? ""}
          aria-label={`How ${title} is measured`}
        >
          <Info size={15} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

function SaveMenu({ title, asTable, savePicture, saveTable }: HistoryActionsProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          className={classes.action ?? ""}
          aria-label={`${title}: Save`}
        >
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

function Action(props: { title: string; label: string; icon: LucideIcon; act: () => void }) {
  const { title, label, icon: Icon, act } = props;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="md"
        className={classes.action ?? ""}
        onClick={act}
        aria-label={`${title}: ${label}`}
      >
        <Icon size={15} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
