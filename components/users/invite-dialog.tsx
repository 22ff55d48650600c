"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { RoleSelect } from "@/components/access/role-select";
import { ScopeField } from "@/components/access/scope-field";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { ShownOnce } from "@/components/ui/shown-once";
import { inviteContract, listInvitationsContract } from "@/lib/access/contract-invitations";
import type { OutputOf } from "@/lib/kernel/contract";
import { everything, type Scope, scopeWords } from "@/lib/kernel/scope";

type Invited = OutputOf<typeof inviteContract>;

/** Invites somebody, then shows the link, once. */
export function InviteDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const [invited, setInvited] = useState<Invited | null>(null);
  const leave = () => {
    close();
    setInvited(null);
  };
  return (
    <Dialog
      opened={opened}
      close={leave}
      title={invited ? "Invitation made" : "Invite somebody"}
      size="lg"
      holds={invited !== null}
    >
      {invited ? <Made invited={invited} close={leave} /> : <InviteForm onInvited={setInvited} close={leave} />}
    </Dialog>
  );
}

function InviteForm({ onInvited, close }: { onInvited: (invited: Invited) => void; close: () => void }) {
  const readAgain = useReadAgain();
  const { form, submit, send } = useContractForm({
    contract: inviteContract,
    initialValues: { email: "", role: "viewer", scope: everything as Scope },
    input: (values) => values,
    onDone: (output) => {
      readAgain(listInvitationsContract);
      onInvited(output);
    },
    confirming: ({ email, role, scope }) => `Invite ${email} as ${role}, for ${scopeWords(scope ?? everything)}.`,
  });
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="off"
        placeholder="ann@example.com"
        data-autofocus
        {...form.getInputProps("email")}
      />
      <RoleSelect
        value={form.values.role}
        error={form.errors.role as string | undefined}
        onChange={(role) => form.setFieldValue("role", role)}
      />
      <ScopeField
        value={form.values.scope}
        errors={form.errors}
        onChange={(scope) => form.setFieldValue("scope", scope)}
      />
      <p className={classes.note}>
        Nothing is mailed: you get a link to pass on. It works once and ends after seven days.
      </p>
      <FormError error={submit.error} title="Nobody was invited" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Invite
        </Button>
      </div>
    </form>
  );
}

function Made({ invited: { invitation, link }, close }: { invited: Invited; close: () => void }) {
  return (
    <div className={classes.form}>
      <p>Give this link to {invitation.email}. Whoever opens it first chooses the password: use a channel you trust.</p>
      <ShownOnce label="Link" value={link} note="Works once, for seven days. It is not shown again." />
      <div className={classes.buttons}>
        <Button onClick={close}>Done</Button>
      </div>
    </div>
  );
}
