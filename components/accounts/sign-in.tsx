"use client";

import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { provePasskey } from "@/client/passkey";
import { Cancelled } from "@/client/step-up";
import classes from "./accounts.module.css";
import { type FactorWay, SecondFactor } from "./second-factor";
import { failureOf, type Refused, sayFailure } from "./sign-in-words";

type Factor = { code?: string; passkey?: string };

type SignInProps = { next: string; notice: string | null; email: string };

/** Signs in with e-mail and password, then with a second factor. */
export function SignIn({ next, notice, email }: SignInProps) {
  const [values, setValues] = useState({ email, password: "" });
  const [asksFactor, setAsksFactor] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<FactorWay | "password" | null>(null);

  async function send(way: FactorWay | "password", factor: () => Promise<Factor>): Promise<void> {
    if (busy) return;
    setBusy(way);
    setFailure(null);
    const reason = await trySignIn(values, factor);
    if (reason === null) return window.location.assign(next);
    setBusy(null);
    if (reason === "code_required") setAsksFactor(true);
    else setFailure(sayFailure(reason, way));
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send("password", async () => ({}));
  };
  const startOver = () => {
    setAsksFactor(false);
    setFailure(null);
    setValues({ ...values, password: "" });
  };
  const alert = failure !== null && (
    <Alert color="red" variant="light" role="alert">
      {failure}
    </Alert>
  );
  if (asksFactor) {
    return (
      <SecondFactor
        alert={alert}
        busy={busy}
        sendCode={(way, code) => void send(way, async () => ({ code }))}
        sendPasskey={() => void send("passkey", async () => ({ passkey: await provePasskey() }))}
        startOver={startOver}
      />
    );
  }
  return (
    <>
      <h1 className={classes.title}>Sign in</h1>
      <p className={classes.lead}>With the account of this Tenantry installation.</p>
      <form className={classes.form} onSubmit={submit}>
        {alert || (notice !== null && <Alert variant="light">{notice}</Alert>)}
        <Credentials values={values} change={(part) => setValues({ ...values, ...part })} />
        <Button type="submit" size="md" loading={busy !== null}>
          Sign in
        </Button>
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
        autoFocus={values.email === ""}
        value={values.email}
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        autoFocus={values.email !== ""}
        value={values.password}
        onChange={(event) => change({ password: event.currentTarget.value })}
      />
    </>
  );
}

async function trySignIn(
  values: { email: string; password: string },
  factor: () => Promise<Factor>,
): Promise<Refused | null> {
  try {
    const { code = "", passkey = "" } = await factor();
    const result = await signIn("credentials", { ...values, code, passkey, redirect: false });
    return result?.ok && !result.error ? null : failureOf(result?.error);
  } catch (error) {
    return error instanceof Cancelled ? "passkey_unused" : "unavailable";
  }
}
