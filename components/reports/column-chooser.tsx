"use client";

import { ActionIcon, Button, Checkbox } from "@mantine/core";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { SearchField } from "@/components/ui/search-field";
import type { KindView } from "@/lib/reports/shapes";
import { moved } from "./moved";
import classes from "./reports.module.css";

type ColumnChooserProps = {
  columns: KindView["columns"];
  /** The names of those that are in the file, in their order. */
  chosen: readonly string[];
  error?: string | undefined;
  onChange: (chosen: string[]) => void;
};

/** Which columns a file has, and in which order: those that are in it stand first. */
export function ColumnChooser({ columns, chosen, error, onChange }: ColumnChooserProps) {
  const [search, setSearch] = useState("");
  const wordsOf = (name: string) => columns.find((column) => column.name === name)?.words ?? "";
  const out = columns.map(({ name }) => name).filter((name) => !chosen.includes(name));
  const listed = [...chosen, ...out].filter((name) =>
    `${name} ${wordsOf(name)}`.toLowerCase().includes(search.trim().toLowerCase()),
  );
  const toggle = (name: string, on: boolean) => onChange(on ? [...chosen, name] : chosen.filter((one) => one !== name));
  return (
    <fieldset className={classes.chooser} aria-label="Columns" {...(error !== undefined && { "aria-invalid": true })}>
      <div className={classes.chooserHead}>
        <span role="status">{`${chosen.length} of ${columns.length} columns`}</span>
        <Button size="compact-xs" variant="default" onClick={() => onChange(columns.map(({ name }) => name))}>
          All
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => onChange([])}>
          None
        </Button>
        {columns.length > 12 && (
          <SearchField label="Search columns" placeholder="Name or words" value={search} onChange={setSearch} />
        )}
      </div>
      <ol className={classes.columns}>
        {listed.map((name) => {
          const at = chosen.indexOf(name);
          return (
            <li key={name}>
              <Checkbox
                size="xs"
                label={
                  <span className={classes.column}>
                    <code>{name}</code> <span>{wordsOf(name)}</span>
                  </span>
                }
                checked={at >= 0}
                onChange={(event) => toggle(name, event.currentTarget.checked)}
              />
              {at >= 0 && (
                <span className={classes.moves}>
                  <Move name={name} up disabled={at === 0} act={() => onChange(moved(chosen, at, -1))} />
                  <Move name={name} disabled={at === chosen.length - 1} act={() => onChange(moved(chosen, at, 1))} />
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {error !== undefined && <p className={classes.wrong}>{error}</p>}
    </fieldset>
  );
}

type MoveProps = { name: string; up?: boolean; disabled: boolean; act: () => void };

function Move({ name, up = false, disabled, act }: MoveProps) {
  const Icon = up ? ArrowUp : ArrowDown;
  return (
    <ActionIcon
      size="sm"
      variant="subtle"
      color="gray"
      disabled={disabled}
      aria-label={`Move ${name} ${up ? "up" : "down"}`}
      onClick={act}
    >
      <Icon size={13} aria-hidden="true" />
    </ActionIcon>
  );
}
