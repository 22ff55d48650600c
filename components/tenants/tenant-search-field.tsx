import { CloseButton, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import classes from "./tenants.module.css";

/** Finds tenants by name, slug or domain. */
export function TenantSearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      className={classes.search ?? ""}
      type="search"
      aria-label="Search tenants"
      placeholder="Name, slug or domain"
      leftSection={<Search size={15} aria-hidden="true" />}
      rightSection={value !== "" && <CloseButton size="sm" aria-label="Clear search" onClick={() => onChange("")} />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={200}
    />
  );
}
