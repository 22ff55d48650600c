"use client";

import { Checkbox } from "@mantine/core";
import { useUser } from "@/components/shell/user";
import { type Permission, permissions, permissionWords } from "@/lib/kernel/permissions";
import classes from "./permission-field.module.css";
import { permissionGroups } from "./permission-groups";

type PermissionFieldProps = {
  value: readonly Permission[];
  /** Those that are there to choose from; all of them unless told. */
  offered?: readonly Permission[];
  error?: string | undefined;
  onChange: (chosen: Permission[]) => void;
};

/** Chooses permissions, grouped by what they are about; what one does not hold can't be given. */
export function PermissionField({ value, offered = permissions, error, onChange }: PermissionFieldProps) {
  const { permissions: held } = useUser();
  const set = (members: readonly Permission[], on: boolean) => {
    const others = value.filter((each) => !members.includes(each));
    onChange(on ? [...others, ...members] : others);
  };
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>Permissions</legend>
      {error !== undefined && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      <div className={classes.groups}>
        {permissionGroups.map(({ resource, name, permissions: members }) => {
          const shown = members.filter((each) => offered.includes(each));
          const mine = shown.filter((each) => held.includes(each));
          const chosen = shown.filter((each) => value.includes(each));
          if (shown.length === 0) return null;
          const all = mine.length > 0 && mine.every((each) => value.includes(each));
          return (
            <fieldset key={resource} className={classes.group}>
              <legend className={classes.hidden}>{name}</legend>
              <Checkbox
                className={classes.head ?? ""}
                size="xs"
                label={name}
                aria-label={`All of ${name}`}
                checked={all}
                indeterminate={!all && chosen.length > 0}
                disabled={mine.length === 0}
                onChange={() => set(mine, !all)}
              />
              {shown.map((permission) => (
                <Checkbox
                  key={permission}
                  size="xs"
                  label={
                    <>
                      {permissionWords[permission]} <code className={classes.id}>{permission}</code>
                    </>
                  }
                  {...(!held.includes(permission) && { description: "You do not have this yourself." })}
                  checked={value.includes(permission)}
                  disabled={!held.includes(permission)}
                  onChange={(event) => set([permission], event.currentTarget.checked)}
                />
              ))}
            </fieldset>
          );
        })}
      </div>
    </fieldset>
  );
}
