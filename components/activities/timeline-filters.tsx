"use client";

import { TextInput } from "@mantine/core";
import { OnlyTenant } from "@/components/analytics/only-tenant";
import { FilterChips } from "@/components/ui/filter-chips";
import { SearchField } from "@/components/ui/search-field";
import type { TimelineSearch } from "./search-timeline";
import classes from "./timeline.module.css";
import { countOf, groupLabel, typeGroupNames } from "./type-groups";

type TimelineFiltersProps = {
  view: TimelineSearch;
  /** How many activities of each type there are, whatever group is chosen. */
  types: readonly { type: string; activities: number }[];
  onChange: (part: Partial<TimelineSearch>) => void;
};

/** Narrows the timeline to a kind of activity, somebody who did them, words, or one tenant. */
export function TimelineFilters({ view, types, onChange }: TimelineFiltersProps) {
  const all = types.reduce((sum, { activities }) => sum + activities, 0);
  const choices = [
    { value: "all" as const, label: "All", count: all },
    ...typeGroupNames.map((value) => ({ value, label: groupLabel(value), count: countOf(value, types) })),
  ];
  return (
    <search className={classes.filters} aria-label="Narrow the activities">
      <FilterChips
        label="Kind"
        value={view.group ?? "all"}
        choices={choices}
        onChange={(group) => onChange({ group: group === "all" ? null : group })}
      />
      <div className={classes.words}>
        {view.tenant !== null && <OnlyTenant id={view.tenant} clear={() => onChange({ tenant: null })} />}
        <SearchField
          label="Words in the description"
          placeholder="Words"
          value={view.text}
          onChange={(text) => onChange({ text })}
        />
        <TextInput
          size="xs"
          aria-label="Who did it"
          placeholder="Who: name or e-mail"
          autoComplete="off"
          maxLength={200}
          value={view.actor}
          onChange={(event) => onChange({ actor: event.currentTarget.value })}
        />
      </div>
    </search>
  );
}
