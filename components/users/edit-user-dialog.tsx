"use client";

import { Button } from "@mantine/core";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { RoleSelect } from "@/components/access/role-select";
import { ScopeField } from "@/components/access/scope-field";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { editUserContract, listUsersContract } from "@/lib/access/contract";
import { listRolesContract } from "@/lib/access/contract-roles";
import { type Scope, scopeWords } from "@/lib/kernel/scope";
import type { UserDialogProps } from "./user-dialogs";

/** Changes a user's role and which tenants it reaches. */
export function EditUserDialog({ user, opened, close }: UserDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Role and reach of ${user.name}`}>
      <EditUserForm user={user} close={close} />
    </Dialog>
  );
}

function EditUserForm({ user, close }: Omit<UserDialogProps, "opened">) {
  const readAgain = useReadAgain();
  const { form, submit, send } = useContractForm({
    contract: editUserContract,
    initialValues: { role: user.role, scope: user.scope as Scope },
    input: (values) => ({ id: user.id, ...values }),
    onDone: (changed) => {
      readAgain(listUsersContract, listRolesContract);
      sayDone(`${changed.name} is now ${changed.role}, for ${scopeWords(changed.scope)}.`);
      close();
    },
    confirming: ({ role, scope }) =>
      `Make ${user.name} (${user.email}) ${role ?? user.role}, for ${scopeWords(scope ?? user.scope)}.`,
  });
  const { role, scope } = form.values;
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <RoleSelect
        value={role}
        error={form.errors.role as string | undefined}
        onChange={(chosen) => form.setFieldValue("role", chosen)}
      />
      <ScopeField value={scope} errors={form.errors} onChange={(chosen) => form.setFieldValue("scope", chosen)} />
      <p className={classes.note}>It takes effect at once, also in sessions that are open.</p>
      <FormError error={submit.error} title="Nothing was changed" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending} disabled={!form.isDirty()}>
          Save
        </Button>
      </div>
    </form>
  );
}
