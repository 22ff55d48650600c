"use client";

import { Button } from "@mantine/core";
import { permissionSummary } from "@/components/access/permission-groups";
import { useAllowedEverywhere, useUser } from "@/components/shell/user";
import { Link } from "@/components/ui/link";
import type { RoleRow } from "@/lib/access/contract-roles";
import classes from "./roles.module.css";

type RoleListProps = { roles: RoleRow[]; edit: (role: RoleRow) => void; remove: (role: RoleRow) => void };

/** The roles as cards: what each is for and how many users have it. */
export function RoleList({ roles, edit, remove }: RoleListProps) {
  const me = useUser();
  const mayChange = useAllowedEverywhere("roles:update");
  return (
    <ul className={classes.list} aria-label="Roles">
      {roles.map((role) => (
        <li key={role.name} className={classes.card}>
          <div className={classes.head}>
            <h2 className={classes.name} title={role.name}>
              {role.name}
            </h2>
            <span className={classes.kind}>{role.builtIn ? "built in" : "custom"}</span>
          </div>
          <p className={classes.words}>{role.description || permissionSummary(role.permissions)}</p>
          <div className={classes.foot}>
            <UserCount role={role} />
            {!role.builtIn && mayChange && role.name !== me.role && (
              <span className={classes.buttons}>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => edit(role)}
                  aria-label={`Edit the role ${role.name}`}
                >
                  Edit
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => remove(role)}
                  aria-label={`Delete the role ${role.name}`}
                >
                  Delete
                </Button>
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function UserCount({ role: { name, users } }: { role: RoleRow }) {
  const mayRead = useAllowedEverywhere("users:read");
  const words = users === 0 ? "nobody" : users === 1 ? "1 user" : `${users} users`;
  if (users === 0 || !mayRead) return <span>{words}</span>;
  return (
    <Link className={classes.users} href={`/users?search=${encodeURIComponent(name)}`}>
      {words}
    </Link>
  );
}
