"use client";

import { CloseButton, TextInput } from "@mantine/core";
import { Search } from "lucide-react";

type SearchFieldProps = { label: string; placeholder: string; value: string; onChange: (value: string) => unknown };

/** Narrows a list while one types. */
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  return (
    <TextInput
      size="xs"
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<Search size={14} aria-hidden="true" />}
      rightSection={value !== "" && <CloseButton size="xs" aria-label="Clear search" onClick={() => onChange("")} />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={200}
    />
  );
}
