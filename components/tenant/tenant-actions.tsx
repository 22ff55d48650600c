"use client";

import { ActionIcon, Button, Menu } from "@mantine/core";
import { Construction, Ellipsis, LifeBuoy, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { MaintenanceDialog } from "@/components/maintenance/maintenance-dialog";
import { useAllowed } from "@/components/shell/user";
import { OpenSupportDialog } from "@/components/support/open-support-dialog";
import { nextStatuses, type SettableStatus, settableStatuses, type TenantView } from "@/lib/tenants/shapes";
import { type DataAction, DataItems, useDataActions } from "./data-items";
import { DeleteDialog } from "./delete-dialog";
import { EditDialog } from "./edit-dialog";
import { ExportDialog } from "./export-dialog";
import { ImportDialog } from "./import-dialog";
import { ResetDialog } from "./reset-dialog";
import { statusChoices } from "./status-choices";
import { StatusDialog } from "./status-dialog";

type Open = SettableStatus | "edit" | "delete" | "maintenance" | "support" | DataAction | null;

/** What can be done to a tenant now, by this user. */
export function TenantActions({ tenant, graceDays }: { tenant: TenantView; graceDays: number }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const going = tenant.status === "deleted" || tenant.status === "deleting";
  const mayEdit = useAllowed("tenants:update") && !going;
  const mayDelete = useAllowed("tenants:delete") && !going;
  const settled = nextStatuses[tenant.status].length > 0;
  const mayMaintain = useAllowed("tenants:maintain") && settled;
  const maySupport = useAllowed("tenants:support") && tenant.status === "active";
  const choices = useAllowed("tenants:status") ? nextStatuses[tenant.status] : [];
  const first = choices.includes("active") ? "active" : choices.includes("suspended") ? "suspended" : undefined;
  const data = useDataActions(tenant);
  const others = choices.filter((status) => status !== first);
  return (
    <>
      {mayEdit && (
        <Button variant="default" leftSection={<Pencil size={14} aria-hidden="true" />} onClick={() => setOpen("edit")}>
          Edit
        </Button>
      )}
      {first && (
        <Button variant={first === "active" ? "filled" : "default"} onClick={() => setOpen(first)}>
          {statusChoices[first].verb}
        </Button>
      )}
      {(others.length > 0 || mayMaintain || maySupport || mayDelete || data.length > 0) && (
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label="More actions">
              <Ellipsis size={16} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {maySupport && (
              <Menu.Item leftSection={<LifeBuoy size={14} aria-hidden="true" />} onClick={() => setOpen("support")}>
                Open as support…
              </Menu.Item>
            )}
            {mayMaintain && (
              <Menu.Item
                leftSection={<Construction size={14} aria-hidden="true" />}
                onClick={() => setOpen("maintenance")}
              >
                Maintenance…
              </Menu.Item>
            )}
            {others.length > 0 && (mayMaintain || maySupport) && <Menu.Divider />}
            {others.map((status) => (
              <Menu.Item key={status} onClick={() => setOpen(status)}>
                {statusChoices[status].verb}…
              </Menu.Item>
            ))}
            <DataItems data={data} open={setOpen} />
            {(others.length > 0 || mayMaintain || maySupport || data.length > 0) && mayDelete && <Menu.Divider />}
            {mayDelete && (
              <Menu.Item
                color="red"
                leftSection={<Trash2 size={14} aria-hidden="true" />}
                onClick={() => setOpen("delete")}
              >
                Delete…
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <StatusDialog tenant={tenant} to={settableStatuses.find((status) => status === open) ?? null} close={close} />
      <MaintenanceDialog tenant={tenant} opened={open === "maintenance"} close={close} />
      <OpenSupportDialog tenant={tenant} opened={open === "support"} close={close} />
      <ExportDialog tenant={tenant} opened={open === "export-data"} close={close} />
      <ImportDialog tenant={tenant} opened={open === "import-data"} close={close} />
      <ResetDialog tenant={tenant} opened={open === "reset"} close={close} />
      <EditDialog tenant={tenant} opened={open === "edit"} close={close} />
      <DeleteDialog tenant={tenant} graceDays={graceDays} opened={open === "delete"} close={close} />
    </>
  );
}
