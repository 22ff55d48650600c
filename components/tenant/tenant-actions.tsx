"use client";

import { ActionIcon, Button, Menu } from "@mantine/core";
import { Construction, Ellipsis, LifeBuoy, Pencil, Trash2 } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useUser } from "@/components/shell/user";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { settableStatuses, type TenantView } from "@/lib/tenants/shapes";
import { DataItems, dataActions } from "./data-items";
import { statusChoices } from "./status-choices";
import { StatusDialog } from "./status-dialog";
import { allowedDialogs, type TenantDialog, tenantDialogs } from "./tenant-dialogs";

const MaintenanceDialog = lazyDialog(() =>
  import("@/components/maintenance/maintenance-dialog").then((module) => module.MaintenanceDialog),
);
const OpenSupportDialog = lazyDialog(() =>
  import("@/components/support/open-support-dialog").then((module) => module.OpenSupportDialog),
);
const DeleteDialog = lazyDialog(() => import("./delete-dialog").then((module) => module.DeleteDialog));
const EditDialog = lazyDialog(() => import("./edit-dialog").then((module) => module.EditDialog));
const ExportDialog = lazyDialog(() => import("./export-dialog").then((module) => module.ExportDialog));
const ImportDialog = lazyDialog(() => import("./import-dialog").then((module) => module.ImportDialog));
const ResetDialog = lazyDialog(() => import("./reset-dialog").then((module) => module.ResetDialog));

/** What can be done to a tenant now, by this user. */
export function TenantActions({ tenant, graceDays }: { tenant: TenantView; graceDays: number }) {
  const { permissions } = useUser();
  const [asked, setOpen] = useQueryState("do", parseAsStringLiteral(tenantDialogs));
  const allowed = allowedDialogs(tenant, permissions);
  const may = (name: TenantDialog) => allowed.includes(name);
  const open = asked !== null && may(asked) ? asked : null;
  const close = () => void setOpen(null);
  const [mayEdit, mayDelete, mayMaintain, maySupport] = [
    may("edit"),
    may("delete"),
    may("maintenance"),
    may("support"),
  ];
  const choices = settableStatuses.filter(may);
  const first = may("active") ? "active" : may("suspended") ? "suspended" : undefined;
  const data = dataActions.filter(may);
  const others = choices.filter((status) => status !== first);
  return (
    <>
      {mayEdit && (
        <Button
          size="xs"
          variant="default"
          leftSection={<Pencil size={14} aria-hidden="true" />}
          onClick={() => void setOpen("edit")}
        >
          Edit
        </Button>
      )}
      {first && (
        <Button size="xs" variant={first === "active" ? "filled" : "default"} onClick={() => void setOpen(first)}>
          {statusChoices[first].verb}
        </Button>
      )}
      {(others.length > 0 || mayMaintain || maySupport || mayDelete || data.length > 0) && (
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label="More actions">
              <Ellipsis size={16} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {maySupport && (
              <Menu.Item
                leftSection={<LifeBuoy size={14} aria-hidden="true" />}
                onClick={() => void setOpen("support")}
              >
                Open as support…
              </Menu.Item>
            )}
            {mayMaintain && (
              <Menu.Item
                leftSection={<Construction size={14} aria-hidden="true" />}
                onClick={() => void setOpen("maintenance")}
              >
                Maintenance…
              </Menu.Item>
            )}
            {others.length > 0 && (mayMaintain || maySupport) && <Menu.Divider />}
            {others.map((status) => (
              <Menu.Item key={status} onClick={() => void setOpen(status)}>
                {statusChoices[status].verb}…
              </Menu.Item>
            ))}
            <DataItems data={data} open={(action) => void setOpen(action)} />
            {(others.length > 0 || mayMaintain || maySupport || data.length > 0) && mayDelete && <Menu.Divider />}
            {mayDelete && (
              <Menu.Item
                color="red"
                leftSection={<Trash2 size={14} aria-hidden="true" />}
                onClick={() => void setOpen("delete")}
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
