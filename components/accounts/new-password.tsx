"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useContractForm } from "@/client/use-contract-form";
import { FormError } from "@/components/ui/form-error";
import { usePasswordLinkContract } from "@/lib/access/contract-invitations";
import classes from "./accounts.module.css";
import { PasswordRules } from "./password-rules";

/** Sets a new password by a link. */
export function NewPassword({ token, email }: { token: string; email: string }) {
  const { form, submit, send } = useContractForm({
    contract: usePasswordLinkContract,
    initialValues: { password: "" },
    input: ({ password }) => ({ token, password }),
    onDone: (account) => window.location.assign(`/sign-in?welcome=password&email=${encodeURIComponent(account.email)}`),
  });
  return (
    <>
      <h1 className={classes.title}>Set a new password</h1>
      <p className={classes.lead}>Your sessions end wherever they are open. Your second factor stays as it is.</p>
      <form className={classes.form} onSubmit={send} noValidate>
        <TextInput label="E-mail" type="email" name="email" autoComplete="username" readOnly value={email} />
        <PasswordInput
          label="New password"
          name="password"
          autoComplete="new-password"
          autoFocus
          {...form.getInputProps("password")}
        />
        <PasswordRules />
        <FormError error={submit.error} title="The password was not set" />
        <Button type="submit" size="md" loading={submit.isPending || submit.isSuccess}>
          Set password
        </Button>
      </form>
    </>
  );
}
