"use client";

import { TextInput } from "@mantine/core";

type TimeFieldProps = {
  label: string;
  description?: string;
  error?: string | undefined;
  /** A time as the API has it (ISO 8601, UTC), or nothing. */
  value: string;
  onChange: (value: string) => void;
};

/** A date and time, chosen in the viewer's own zone. */
export function TimeField({ label, description, error, value, onChange }: TimeFieldProps) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      {...(description !== undefined && { description })}
      {...(error !== undefined && { error })}
      value={localTime(value)}
      onChange={({ currentTarget }) => onChange(isoTime(currentTarget.value))}
    />
  );
}

/** A time as the browser's own field writes it; empty for what is none. */
export function localTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return "";
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What the browser's field says, as the API takes it. */
export function isoTime(local: string): string {
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
}
