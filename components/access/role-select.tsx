"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { rolesQuery } from "@/client/access-queries";
import { useAllowed, useUser } from "@/components/shell/user";
import { builtInRoleNames, builtInRoles, covers } from "@/lib/kernel/permissions";
import { permissionSummary } from "./permission-groups";

const builtIn = builtInRoleNames.map((name) => ({
  name: name as string,
  description: builtInRoles[name].words as string,
  permissions: builtInRoles[name].permissions,
}));

type RoleSelectProps = { value: string; error?: string | undefined; onChange: (role: string) => void };

/** Chooses a role and says what it may do; a role with more rights than one's own can't be given. */
export function RoleSelect({ value, error, onChange }: RoleSelectProps) {
  const me = useUser();
  const { data } = useQuery({ ...rolesQuery(), enabled: useAllowed("roles:read") });
  const roles = data?.roles ?? builtIn;
  const chosen = roles.find((role) => role.name === value);
  const words = chosen && (chosen.description || permissionSummary(chosen.permissions));
  return (
    <Select
      label="Role"
      data={roles.map(({ name, permissions }) => ({
        value: name,
        label: name,
        disabled: !covers(me.permissions, permissions) || (name === "owner" && me.role !== "owner"),
      }))}
      allowDeselect={false}
      value={value}
      onChange={(role) => onChange(role ?? value)}
      {...(words !== undefined && { description: words })}
      inputWrapperOrder={["label", "input", "description", "error"]}
      {...(error !== undefined && { error })}
    />
  );
}
