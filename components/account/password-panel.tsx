"use client";

import { Button, PasswordInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { PasswordRules } from "@/components/accounts/password-rules";
import { Dialog } from "@/components/ui/dialog";
import form from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import { sayDone } from "@/components/ui/toast";
import { changePasswordContract, listSessionsContract, showAccountContract } from "@/lib/accounts/contract-account";
import classes from "./account.module.css";

/** When the password was set, and the way to change it. */
export function PasswordPanel({ changedAt }: { changedAt: string }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Panel title="Password">
      <div className={classes.line}>
        <span>
          Set <RelativeTime at={changedAt} every={60_000} />
        </span>
        <Button size="xs" variant="default" onClick={open}>
          Change password
        </Button>
      </div>
      <Dialog opened={opened} close={close} title="Change your password">
        <ChangePassword close={close} />
      </Dialog>
    </Panel>
  );
}

function ChangePassword({ close }: { close: () => void }) {
  const readAgain = useReadAgain();
  const {
    form: fields,
    submit,
    send,
  } = useContractForm({
    contract: changePasswordContract,
    initialValues: { current: "", password: "" },
    input: (values) => values,
    onDone: ({ ended }) => {
      readAgain(showAccountContract, listSessionsContract);
      sayDone(
        ended === 0
          ? "Your password was changed."
          : `Your password was changed. ${plural(ended, "other session")} ended.`,
      );
      close();
    },
    confirming: () => "Change your password, which ends your other sessions.",
  });
  return (
    <form className={form.form} onSubmit={send} noValidate>
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        data-autofocus
        {...fields.getInputProps("current")}
      />
      <PasswordInput label="New password" autoComplete="new-password" {...fields.getInputProps("password")} />
      <PasswordRules />
      <p className={form.note}>Your other sessions end at once; this one stays.</p>
      <FormError error={submit.error} title="The password was not changed" />
      <div className={form.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
