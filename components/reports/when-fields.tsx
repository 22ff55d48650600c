"use client";

import { NumberInput, Select, TextInput } from "@mantine/core";
import { ZoneField } from "@/components/analytics/zone-field";
import classes from "@/components/ui/form.module.css";
import type { Every } from "@/lib/reports/contract-schedules";
import { weekdays } from "./schedule-words";

/** When a schedule is due. */
export type When = { every: Every; at: string; day: number; tz: string };

type WhenFieldsProps = {
  values: When;
  error: (path: string) => string | undefined;
  onChange: (part: Partial<When>) => void;
};

const everies = [
  { value: "daily", label: "Every day" },
  { value: "weekly", label: "Every week" },
  { value: "monthly", label: "Every month" },
];

/** How often, on which day, at what time of day, by which zone's clock. */
export function WhenFields({ values: { every, at, day, tz }, error, onChange }: WhenFieldsProps) {
  const wrong = (path: string) => {
    const words = error(path);
    return words === undefined ? {} : { error: words };
  };
  return (
    <>
      <div className={classes.pair}>
        <Select
          label="How often"
          data={everies}
          allowDeselect={false}
          value={every}
          onChange={(value) => value && onChange({ every: value as Every, ...(day > 7 && { day: 1 }) })}
          {...wrong("every")}
        />
        {every === "weekly" && (
          <Select
            label="On"
            data={weekdays.map((label, index) => ({ value: String(index + 1), label }))}
            allowDeselect={false}
            value={String(day)}
            onChange={(value) => value && onChange({ day: Number(value) })}
            {...wrong("day")}
          />
        )}
        {every === "monthly" && (
          <NumberInput
            label="On day"
            description="In a shorter month, its last day"
            min={1}
            max={31}
            allowDecimal={false}
            value={day}
            onChange={(value) => onChange({ day: Number(value) })}
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...wrong("day")}
          />
        )}
      </div>
      <div className={classes.pair}>
        <TextInput
          type="time"
          label="At"
          value={at}
          onChange={(event) => onChange({ at: event.currentTarget.value })}
          {...wrong("at")}
        />
        <ZoneField value={tz} onChange={(zone) => onChange({ tz: zone })} error={error("tz")} />
      </div>
    </>
  );
}
