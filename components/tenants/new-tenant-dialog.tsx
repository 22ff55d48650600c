"use client";

import { SegmentedControl } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useState } from "react";
import { useAllowed, useWholeFleet } from "@/components/shell/user";
import { Dialog } from "@/components/ui/dialog";
import type { TenantView } from "@/lib/tenants/shapes";
import { AdoptTenantForm } from "./adopt-tenant-form";
import { CreateTenantForm } from "./create-tenant-form";
import { NewTenantProgress } from "./new-tenant-progress";

/** Creates a tenant with a new database, or adopts one that exists; then shows how it is being made. */
export function NewTenantDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const allowed = useAllowed("tenants:create");
  // Not in its first moment: what is open from the beginning does not know where the focus was.
  const mounted = useMounted();
  return (
    <Dialog opened={mounted && opened && allowed} close={close} title="New tenant" size="lg">
      <NewTenant close={close} />
    </Dialog>
  );
}

function NewTenant({ close }: { close: () => void }) {
  // A database that nobody owns yet is within nobody's reach but of those who see everything.
  const mayAdopt = useWholeFleet();
  const [way, setWay] = useState("create");
  const [tenant, setTenant] = useState<TenantView | null>(null);
  if (tenant) return <NewTenantProgress tenant={tenant} close={close} />;
  return (
    <>
      {mayAdopt && (
        <SegmentedControl
          fullWidth
          mb="md"
          aria-label="Where its database comes from"
          value={way}
          onChange={setWay}
          data={[
            { value: "create", label: "New database" },
            { value: "adopt", label: "Adopt a database" },
          ]}
        />
      )}
      {way === "create" ? (
        <CreateTenantForm onCreated={setTenant} cancel={close} />
      ) : (
        <AdoptTenantForm onCreated={setTenant} cancel={close} />
      )}
    </>
  );
}
