import { Check } from "lucide-react";
import { Fragment } from "react";
import { permissionGroups } from "@/components/access/permission-groups";
import type { RoleRow } from "@/lib/access/contract-roles";
import { permissionWords } from "@/lib/kernel/permissions";
import classes from "./roles.module.css";

/** Every permission against every role. */
export function RoleMatrix({ roles }: { roles: RoleRow[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Permissions by role, scrolls sideways">
      <table className={classes.matrix} aria-label="Permissions by role">
        <thead>
          <tr>
            <th scope="col">Permission</th>
            {roles.map(({ name }) => (
              <th key={name} scope="col" className={classes.role} title={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissionGroups.map(({ resource, name, permissions }) => (
            <Fragment key={resource}>
              <tr className={classes.group}>
                <th scope="colgroup" colSpan={roles.length + 1}>
                  {name}
                </th>
              </tr>
              {permissions.map((permission) => (
                <tr key={permission}>
                  <th scope="row" title={permission}>
                    {permissionWords[permission]}
                  </th>
                  {roles.map((role) => (
                    <td key={role.name}>
                      <Mark held={role.permissions.includes(permission)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Mark({ held }: { held: boolean }) {
  return (
    <>
      {held ? (
        <Check size={15} strokeWidth={2.4} className={classes.yes} aria-hidden="true" />
      ) : (
        <span className={classes.no} aria-hidden="true">
          –
        </span>
      )}
      <span className={classes.hidden}>{held ? "yes" : "no"}</span>
    </>
  );
}
