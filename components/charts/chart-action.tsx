import { ActionIcon, Tooltip } from "@mantine/core";
import { ChartArea, Info, type LucideIcon, Table2 } from "lucide-react";
import classes from "./chart.module.css";
import { SourceText } from "./source-text";

type ChartActionProps = {
  title: string;
  label: string;
  icon: LucideIcon;
  act: () => void;
  /** Has nothing to act on at present. */
  off?: boolean;
};

/** One of a chart's buttons. */
export function ChartAction({ title, label, icon: Icon, act, off = false }: ChartActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon {...looks} onClick={act} disabled={off} aria-label={`${title}: ${label}`}>
        <Icon size={15} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

/** Switches between a chart and the same figures as a table. */
export function AsTableAction({ title, asTable, toggle }: { title: string; asTable: boolean; toggle: () => void }) {
  const [label, icon] = asTable ? (["View as chart", ChartArea] as const) : (["View as table", Table2] as const);
  return <ChartAction title={title} label={label} icon={icon} act={toggle} />;
}

/** How a chart's figures were measured. */
export function HowMeasured({ title, sources }: { title: string; sources: readonly string[] }) {
  return (
    <Tooltip label={<SourceText sources={sources} />} multiline maw={360}>
      <ActionIcon {...looks} aria-label={`How ${title} is measured`}>
        <Info size={15} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

/** How all of a chart's buttons look. */
const looks = { variant: "subtle", color: "gray", size: "md", className: classes.action ?? "" } as const;
