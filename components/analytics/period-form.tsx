"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { granularities } from "@/lib/history/shapes";
import classes from "./period-bar.module.css";
import type { PeriodSearch } from "./search-period";
import { useBrowserZone } from "./zone";
import { ZoneField } from "./zone-field";
import { zonedText, zonedTime } from "./zoned-time";

type PeriodFormProps = { view: PeriodSearch; zone: string; change: (part: Partial<PeriodSearch>) => void };

const steps = granularities.map((value) => ({
  value,
  label: value === "auto" ? "As fits" : `A ${value}`.replace("A hour", "An hour"),
}));

/** A period of one's own in the chosen zone, the zone itself, and how long a step is. */
export function PeriodForm({ view, zone: shown, change }: PeriodFormProps) {
  const browser = useBrowserZone();
  const [zone, setZone] = useState(shown);
  const [granularity, setGranularity] = useState(view.granularity);
  const [from, setFrom] = useState(view.from === null ? "" : zonedText(view.from, shown));
  const [to, setTo] = useState(view.to === null ? "" : zonedText(view.to, shown));
  const begin = zonedTime(from, zone);
  const end = zonedTime(to, zone);
  const problem = problemOf(begin, end, to);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem === undefined) change({ from: begin, to: end, granularity, tz: zone === browser ? null : zone });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        size="xs"
        type="datetime-local"
        label="From"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="datetime-local"
        label="To"
        description="Empty: until now"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        {...(problem !== undefined && { error: problem })}
      />
      <ZoneField size="xs" description="Days and weeks begin in it" value={zone} onChange={setZone} within />
      <Select
        size="xs"
        label="A step is"
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={steps}
        value={granularity}
        onChange={(value) => setGranularity(granularities.find((each) => each === value) ?? "auto")}
      />
      <Button size="xs" type="submit">
        Show
      </Button>
    </form>
  );
}

function problemOf(begin: string | null, end: string | null, to: string): string | undefined {
  if (to !== "" && end === null) return "Finish the date, or clear it.";
  if (begin === null && end !== null) return "Say from when, too.";
  return begin !== null && end !== null && begin >= end ? "The end must be later than the begin." : undefined;
}
