import { Check } from "lucide-react";
import { StatusBadge } from "@/components/ui/status-badge";
import type { PaletteItem } from "./item";
import classes from "./palette.module.css";

type PaletteOptionsProps = {
  id: string;
  items: readonly PaletteItem[];
  active: number;
  onHover: (index: number) => void;
  onChoose: (item: PaletteItem, apart: boolean) => void;
};

/** The id of an option's element. */
export function optionId(list: string, index: number): string {
  return `${list}-${index}`;
}

/** The list of the palette: groups of options, one of them active. The focus stays in the field above. */
export function PaletteOptions({ id, items, active, onHover, onChoose }: PaletteOptionsProps) {
  const groups = groupsOf(items);
  return (
    <div role="listbox" id={id} aria-label="Found" className={classes.list}>
      {groups.map(({ name, from, to }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be part of a listbox
        <div role="group" key={name} aria-labelledby={`${id}-${from}-group`}>
          <div role="presentation" id={`${id}-${from}-group`} className={classes.heading} dir="auto">
            {name}
          </div>
          {items.slice(from, to).map((item, offset) => (
            <Option
              key={item.id}
              id={optionId(id, from + offset)}
              item={item}
              active={active === from + offset}
              onHover={() => onHover(from + offset)}
              onChoose={(apart) => onChoose(item, apart)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

type OptionProps = {
  id: string;
  item: PaletteItem;
  active: boolean;
  onHover: () => void;
  onChoose: (apart: boolean) => void;
};

function Option({ id, item, active, onHover, onChoose }: OptionProps) {
  const { label, note, icon: Icon, status, keys, chosen } = item;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are heard in the field, which keeps the focus
    <div
      role="option"
      id={id}
      aria-selected={active}
      className={classes.option}
      onMouseMove={() => !active && onHover()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onChoose(event.ctrlKey || event.metaKey)}
    >
      <span className={classes.icon}>{Icon && <Icon size={16} strokeWidth={1.8} aria-hidden="true" />}</span>
      <bdi className={classes.label} title={label}>
        {label}
      </bdi>
      {note !== undefined && (
        <bdi className={classes.note} title={note}>
          {note}
        </bdi>
      )}
      {status && <StatusBadge status={status} />}
      {chosen && (
        <>
          <Check size={15} aria-hidden="true" />
          <span className={classes.hidden}>chosen</span>
        </>
      )}
      {keys && (
        <span className={classes.keys} aria-hidden="true">
          {keys.split(" ").map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </div>
  );
}

function groupsOf(items: readonly PaletteItem[]): { name: string; from: number; to: number }[] {
  const groups: { name: string; from: number; to: number }[] = [];
  items.forEach(({ group }, index) => {
    const last = groups.at(-1);
    if (last?.name === group) last.to = index + 1;
    else groups.push({ name: group, from: index, to: index + 1 });
  });
  return groups;
}
