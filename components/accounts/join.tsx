"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useContractForm } from "@/client/use-contract-form";
import { FormError } from "@/components/ui/form-error";
import { acceptInvitationContract } from "@/lib/access/contract-invitations";
import { type Scope, scopeWords } from "@/lib/kernel/scope";
import classes from "./accounts.module.css";
import { PasswordRules } from "./password-rules";

type JoinProps = { token: string; email: string; role: string; scope: Scope | null; invitedBy: string | null };

/** Accepts an invitation: a name and a password make the account. */
export function Join({ token, email, role, scope, invitedBy }: JoinProps) {
  const { form, submit, send } = useContractForm({
    contract: acceptInvitationContract,
    initialValues: { name: "", password: "" },
    input: (values) => ({ ...values, token }),
    onDone: (made) => window.location.assign(`/sign-in?welcome=joined&email=${encodeURIComponent(made.email)}`),
  });
  return (
    <>
      <h1 className={classes.title}>Join Tenantry</h1>
      <p className={classes.lead}>
        {invitedBy === null ? "You were invited" : `${invitedBy} invites you`} as {role}
        {scope !== null && `, for ${scopeWords(scope)}`}. Choose a password; at the first sign-in you set up an
        authenticator app.
      </p>
      <form className={classes.form} onSubmit={send} noValidate>
        <TextInput label="E-mail" type="email" name="email" autoComplete="username" readOnly value={email} />
        <TextInput label="Your name" name="name" autoComplete="name" autoFocus {...form.getInputProps("name")} />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <PasswordRules />
        <FormError error={submit.error} title="The account was not made" />
        <Button type="submit" size="md" loading={submit.isPending || submit.isSuccess}>
          Make my account
        </Button>
      </form>
    </>
  );
}
