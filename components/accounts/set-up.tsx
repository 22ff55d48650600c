"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { fieldErrors } from "@/client/field-errors";
import { useSubmit } from "@/client/use-submit";
import { FormError } from "@/components/ui/form-error";
import { setUpOwnerContract } from "@/lib/accounts/contract";
import { AppError } from "@/lib/kernel/errors";
import classes from "./accounts.module.css";

/** Creates the first owner and signs in, on the way to the second factor. */
export function SetUp({ token }: { token: string }) {
  const [leaving, setLeaving] = useState(false);
  const form = useForm({
    initialValues: { name: "", email: "", password: "" },
    validate: (values) => fieldErrors(setUpOwnerContract.input, { ...values, token }),
  });
  const submit = useSubmit(setUpOwnerContract, async () => {
    setLeaving(true);
    const { email, password } = form.getValues();
    const result = await signIn("credentials", { email, password, code: "", redirect: false }).catch(() => undefined);
    window.location.assign(result?.ok && !result.error ? "/enrol" : "/sign-in");
  });
  const send = form.onSubmit((values) =>
    submit.mutate(
      { ...values, token },
      { onError: (error) => error instanceof AppError && error.fields && form.setErrors(error.fields) },
    ),
  );
  return (
    <>
      <h1 className={classes.title}>Welcome to Tenantry</h1>
      <p className={classes.lead}>Create the owner of this installation. This link works once.</p>
      <form className={classes.form} onSubmit={send} noValidate>
        <TextInput label="Your name" name="name" autoComplete="name" autoFocus {...form.getInputProps("name")} />
        <TextInput label="E-mail" type="email" name="email" autoComplete="username" {...form.getInputProps("email")} />
        <PasswordInput
          label="Password"
          name="password"
          description="At least 12 characters; a few words are easier to remember."
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <FormError error={submit.error} title="The owner was not created" />
        <Button type="submit" size="md" loading={submit.isPending || leaving}>
          Create owner
        </Button>
      </form>
    </>
  );
}
