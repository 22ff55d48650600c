"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { rolesQuery } from "@/client/access-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { useAllowedEverywhere } from "@/components/shell/user";
import layout from "@/components/ui/layout.module.css";
import { LoadError } from "@/components/ui/load-error";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import type { RoleRow } from "@/lib/access/contract-roles";
import { RemoveRoleDialog } from "./remove-role-dialog";
import { RoleDialog } from "./role-dialog";
import { RoleList } from "./role-list";
import { RoleMatrix } from "./role-matrix";

type Open = { what: "new" } | { what: "edit" | "remove"; role: RoleRow } | null;

/** What each role may do, and who can make more of them. */
export function RolesScreen() {
  const { data, error, refetch } = useQuery(rolesQuery());
  const [open, setOpen] = useState<Open>(null);
  const mayChange = useAllowedEverywhere("roles:update");
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader title="Roles" note="What a user may do comes from the role; which tenants it reaches is set per user">
        {mayChange && (
          <Button
            size="xs"
            leftSection={<Plus size={14} aria-hidden="true" />}
            onClick={() => setOpen({ what: "new" })}
          >
            New role
          </Button>
        )}
      </PageHeader>
      {!data && error && <LoadError what="The roles" error={error} retry={refetch} />}
      {data && (
        <div className={layout.stack}>
          <RoleList
            roles={data.roles}
            edit={(role) => setOpen({ what: "edit", role })}
            remove={(role) => setOpen({ what: "remove", role })}
          />
          <Panel title="What each may do" actions={<ExportMenu table="roles" what="Roles" input={{}} />} flush>
            <RoleMatrix roles={data.roles} />
          </Panel>
        </div>
      )}
      <RoleDialog
        role={open?.what === "edit" ? open.role : null}
        opened={open?.what === "new" || open?.what === "edit"}
        taken={data?.roles.map((role) => role.name) ?? []}
        close={close}
      />
      <RemoveRoleDialog role={open?.what === "remove" ? open.role : null} close={close} />
    </>
  );
}
