"use client";

import { Select } from "@mantine/core";
import type { KindView } from "@/lib/reports/shapes";
import { kindLabel } from "./words";

type KindFieldProps = {
  kinds: readonly KindView[];
  value: string;
  error?: string | undefined;
  onChange: (name: string) => void;
};

/** What the file is: a document to hand to others, or a table. */
export function KindField({ kinds, value, error, onChange }: KindFieldProps) {
  const of = (format: KindView["format"]) =>
    kinds.filter((kind) => kind.format === format).map(({ name }) => ({ value: name, label: kindLabel(name) }));
  const groups = [
    { group: "Documents (PDF)", items: of("pdf") },
    { group: "Tables (CSV)", items: of("csv") },
  ].filter(({ items }) => items.length > 0);
  const words = kinds.find(({ name }) => name === value)?.words;
  return (
    <Select
      label="What"
      data={groups}
      searchable
      allowDeselect={false}
      value={value === "" ? null : value}
      onChange={(name) => name && onChange(name)}
      {...(words !== undefined && { description: words })}
      {...(error !== undefined && { error })}
      inputWrapperOrder={["label", "input", "description", "error"]}
    />
  );
}
