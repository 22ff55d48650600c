"use client";

import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import type { SignInFailure } from "@/lib/accounts/contract";
import classes from "./accounts.module.css";
import { CodeField } from "./code-field";
import { failureOf, sayFailure } from "./sign-in-words";

/** Signs in with e-mail and password, then with the authenticator's code. */
export function SignIn({ next }: { next: string }) {
  const [values, setValues] = useState({ email: "", password: "", code: "" });
  const [asksCode, setAsksCode] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [busy, setBusy] = useState(false);

  async function send(code: string): Promise<void> {
    setBusy(true);
    setFailure(null);
    const reason = await trySignIn({ ...values, code });
    if (reason === null) return window.location.assign(next);
    setBusy(false);
    setValues((now) => ({ ...now, code: "" }));
    if (reason === "code_required") setAsksCode(true);
    else setFailure(reason);
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(values.code);
  };
  const change = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const startOver = () => {
    setAsksCode(false);
    setFailure(null);
    change({ password: "", code: "" });
  };
  return (
    <>
      <h1 className={classes.title}>{asksCode ? "Enter your code" : "Sign in"}</h1>
      <p className={classes.lead}>
        {asksCode ? "Six digits from your authenticator app." : "With the account of this Tenantry installation."}
      </p>
      <form className={classes.form} onSubmit={submit}>
        {failure && (
          <Alert color="red" variant="light" role="alert">
            {sayFailure(failure)}
          </Alert>
        )}
        {asksCode ? (
          <CodeField value={values.code} onChange={(code) => change({ code })} onComplete={(code) => void send(code)} />
        ) : (
          <Credentials values={values} change={change} />
        )}
        <Button type="submit" size="md" loading={busy}>
          {asksCode ? "Verify" : "Sign in"}
        </Button>
        {asksCode && (
          <Button variant="subtle" size="xs" onClick={startOver}>
            Use another account
          </Button>
        )}
      </form>
    </>
  );
}

type CredentialsProps = {
  values: { email: string; password: string };
  change: (part: { email?: string; password?: string }) => void;
};

function Credentials({ values, change }: CredentialsProps) {
  return (
    <>
      <TextInput
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus
        value={values.email}
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={values.password}
        onChange={(event) => change({ password: event.currentTarget.value })}
      />
    </>
  );
}

async function trySignIn(credentials: { email: string; password: string; code: string }) {
  try {
    const result = await signIn("credentials", { ...credentials, redirect: false });
    return result?.ok && !result.error ? null : failureOf(result?.error);
  } catch {
    return "unavailable" as const;
  }
}
