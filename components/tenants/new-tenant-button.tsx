"use client";

import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { useAllowed } from "@/components/shell/user";
import { useNewTenant } from "./use-new-tenant";

/** Opens the dialog that creates a tenant, for those who may. */
export function NewTenantButton() {
  const { open } = useNewTenant();
  if (!useAllowed("tenants:create")) return null;
  return (
    <Button size="xs" leftSection={<Plus size={14} aria-hidden="true" />} onClick={open}>
      New tenant
    </Button>
  );
}
