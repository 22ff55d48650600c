"use client";

import { TextInput } from "@mantine/core";
import type { SyntheticEvent } from "react";
import { useViewerZone } from "@/client/viewer";
import { viewerZone } from "@/client/zone";
import { zonedText, zonedTime } from "@/components/analytics/zoned-time";

/** What stands for a time that was begun and not finished: no form takes it for "none". */
export const unfinished = "unfinished";

type TimeFieldProps = {
  label: string;
  description?: string;
  error?: string | undefined;
  /** A time as the API has it (ISO 8601, UTC), nothing, or `unfinished`. */
  value: string;
  onChange: (value: string) => void;
};

/** A date and time, chosen in the viewer's own zone, which it names. */
export function TimeField({ label, description, error, value, onChange }: TimeFieldProps) {
  const zone = useViewerZone();
  const told = [description, `In your time zone, ${zone}.`].filter(Boolean).join(" ");
  const words = error !== undefined && value === unfinished ? "Finish the date, or clear it." : error;
  // A browser tells no change while only parts are filled in, so that is also looked at when a key or the field is left.
  const look = ({ currentTarget }: SyntheticEvent<HTMLInputElement>) => {
    const heard = heardTime(currentTarget.value, currentTarget.validity.badInput);
    if (heard !== value && (currentTarget.value === "" || value === unfinished)) onChange(heard);
  };
  return (
    <TextInput
      type="datetime-local"
      label={label}
      {...(told !== "" && { description: told })}
      {...(words !== undefined && { error: words })}
      value={localTime(value)}
      onChange={({ currentTarget }) => onChange(heardTime(currentTarget.value, currentTarget.validity.badInput))}
      onKeyUp={look}
      onBlur={look}
    />
  );
}

/** A time as the browser's own field writes it, in the viewer's zone; empty for what is none. */
export function localTime(iso: string): string {
  return zonedText(iso, viewerZone());
}

/** What a browser's field holds: half a date reads like none, and only its validity tells them apart. */
export function heardTime(local: string, badInput: boolean): string {
  return badInput ? unfinished : isoTime(local);
}

/** What the browser's field says in the viewer's zone, as the API takes it. */
export function isoTime(local: string): string {
  return zonedTime(local, viewerZone()) ?? "";
}
