"use client";

import { Select } from "@mantine/core";
import { useBrowserZone } from "./zone";
import { isZoneMeant } from "./zone-search";

type ZoneFieldProps = {
  value: string;
  onChange: (zone: string) => void;
  label?: string;
  description?: string;
  size?: "xs" | "sm";
  error?: string | undefined;
  /** Where it stands in a popover, which a list outside of it would close. */
  within?: boolean;
};

/** Chooses a time zone by typing a part of its name, an older or a newer one. */
export function ZoneField(props: ZoneFieldProps) {
  const { value, onChange, label = "Time zone", description, size = "sm", error, within = false } = props;
  const browser = useBrowserZone();
  return (
    <Select
      size={size}
      label={label}
      {...(description !== undefined && { description })}
      {...(error !== undefined && { error })}
      searchable
      allowDeselect={false}
      comboboxProps={{ withinPortal: !within }}
      data={zonesWith(value, browser)}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
      filter={({ options, search, limit }) =>
        options.filter((option) => "value" in option && isZoneMeant(option.value, search)).slice(0, limit)
      }
      limit={60}
      nothingFoundMessage="There is no such zone."
    />
  );
}

/** All zones, the browser's own and UTC first. */
function zonesWith(...own: string[]): string[] {
  return [...new Set([...own, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}
