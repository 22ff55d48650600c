"use client";

import { Button, TextInput } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { X } from "lucide-react";
import { FilterChips } from "@/components/ui/filter-chips";
import { isoTime, localTime } from "@/components/ui/time-field";
import classes from "./audit.module.css";
import type { AuditSearch } from "./search-audit";

type AuditFiltersProps = { view: AuditSearch; onChange: (part: Partial<AuditSearch> | null) => void };

const outcomes = [
  { value: "all", label: "All" },
  { value: "done", label: "Done" },
  { value: "refused", label: "Refused" },
] as const;

/** What narrows the trail; all of it stands in the address. */
export function AuditFilters({ view, onChange }: AuditFiltersProps) {
  const any = Object.values(view).some((value) => value !== null && value !== "");
  const text = (name: "actor" | "operation" | "target", label: string, placeholder: string, title?: string) => (
    <TextInput
      size="xs"
      label={label}
      placeholder={placeholder}
      {...(title !== undefined && { title })}
      spellCheck={false}
      autoComplete="off"
      maxLength={200}
      value={view[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <search className={classes.filters} aria-label="Filter the audit trail">
      {text("actor", "Who", "name or e-mail")}
      {text("operation", "What", "users, tenants.create, …")}
      {text("target", "On what", "id from an open row", "An id: open a row to copy it")}
      <TimeField label="From" value={view.from} onChange={(from) => onChange({ from })} />
      <TimeField label="To" value={view.to} onChange={(to) => onChange({ to })} />
      <div className={classes.ends}>
        <FilterChips
          label="Outcome"
          value={view.outcome ?? "all"}
          choices={outcomes}
          onChange={(outcome) => onChange({ outcome: outcome === "all" ? null : outcome })}
        />
        {any && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<X size={13} aria-hidden="true" />}
            onClick={() => onChange(null)}
          >
            Clear
          </Button>
        )}
      </div>
    </search>
  );
}

type TimeFieldProps = { label: string; value: string | null; onChange: (time: string | null) => void };

/** A moment in the viewer's zone, which only the browser knows; the address keeps it in UTC. */
function TimeField({ label, value, onChange }: TimeFieldProps) {
  const mounted = useMounted();
  return (
    <TextInput
      key={String(mounted)}
      size="xs"
      type="datetime-local"
      label={label}
      defaultValue={mounted && value !== null ? localTime(value) : ""}
      onChange={(event) => onChange(isoTime(event.currentTarget.value) || null)}
    />
  );
}
