"use client";

import { Button, TextInput } from "@mantine/core";
import { useRef } from "react";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { PermissionField } from "@/components/access/permission-field";
import { fewPermissions } from "@/components/access/permission-groups";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { plural } from "@/components/ui/plural";
import { errorUnder } from "@/components/ui/tags-field";
import { sayDone } from "@/components/ui/toast";
import { listRolesContract, type RoleRow, saveRoleContract } from "@/lib/access/contract-roles";

type RoleDialogProps = { role: RoleRow | null; opened: boolean; taken: readonly string[]; close: () => void };

/** Makes a custom role, or changes one. */
export function RoleDialog({ role, opened, taken, close }: RoleDialogProps) {
  // While the dialog fades out it keeps saying what it said.
  const last = useRef(role);
  if (opened) last.current = role;
  const shown = last.current;
  return (
    <Dialog opened={opened} close={close} title={shown ? `Edit the role ${shown.name}` : "New role"} size="xl">
      <RoleForm role={shown} taken={taken} close={close} />
    </Dialog>
  );
}

function RoleForm({ role, taken, close }: Omit<RoleDialogProps, "opened">) {
  const readAgain = useReadAgain();
  const { form, submit, send } = useContractForm({
    contract: saveRoleContract,
    initialValues: {
      name: role?.name ?? "",
      description: role?.description ?? "",
      permissions: [...(role?.permissions ?? [])],
    },
    input: (values) => values,
    onDone: (saved) => {
      readAgain(listRolesContract);
      sayDone(`The role ${saved.name} was saved.`);
      close();
    },
    confirming: ({ name, permissions }) => `Save the role ${name} with ${fewPermissions(permissions)}.`,
  });
  // Saving under a name that exists would change that role instead of making one.
  const clash = role === null && taken.includes(form.values.name.trim());
  return (
    <form className={`${classes.form} ${classes.tall}`} onSubmit={send} noValidate>
      <div className={classes.pair}>
        <TextInput
          label="Name"
          placeholder="billing-support"
          spellCheck={false}
          autoComplete="off"
          disabled={role !== null}
          {...(role === null && { "data-autofocus": true })}
          {...form.getInputProps("name")}
          {...(clash && { error: "There is a role of this name." })}
        />
        <TextInput label="What it is for (optional)" {...form.getInputProps("description")} />
      </div>
      <PermissionField
        value={form.values.permissions}
        error={errorUnder(form.errors, "permissions")}
        onChange={(chosen) => form.setFieldValue("permissions", chosen)}
      />
      {role !== null && role.users > 0 && (
        <p className={classes.note}>
          {plural(role.users, "user has", "users have")} this role: it changes for them at once.
        </p>
      )}
      <FormError error={submit.error} title="The role was not saved" />
      <div className={`${classes.buttons} ${classes.footer}`}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending} disabled={clash || !form.isDirty()}>
          Save role
        </Button>
      </div>
    </form>
  );
}
