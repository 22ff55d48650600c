"use client";

import { Autocomplete } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { schemaQuery } from "@/client/bulk-queries";
import { useAllowed } from "@/components/shell/user";

type MigrationFieldProps = {
  label: string;
  description?: ReactNode;
  error?: string;
  value: string;
  onChange: (name: string) => void;
};

/** The name of a migration; those of the folder are offered, newest first. */
export function MigrationField(field: MigrationFieldProps) {
  const { data } = useQuery({ ...schemaQuery(), enabled: useAllowed("schema:read") });
  const names = data?.migrations.map(({ name }) => name).reverse() ?? [];
  return <Autocomplete {...field} data={names} autoComplete="off" spellCheck={false} />;
}
