"use client";

import { Button, TextInput } from "@mantine/core";
import { Fingerprint, LifeBuoy, Smartphone } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { usePasskeys } from "@/client/passkey";
import classes from "./accounts.module.css";
import { CodeField } from "./code-field";

/** A way to prove the second factor. */
export type FactorWay = "authenticator" | "passkey" | "recovery";

type SecondFactorProps = {
  alert: ReactNode;
  busy: FactorWay | "password" | null;
  sendCode: (way: "authenticator" | "recovery", code: string) => void;
  sendPasskey: () => void;
  startOver: () => void;
};

/** The second step of signing in: a code, a passkey, or a recovery code for when both are lost. */
export function SecondFactor({ alert, busy, sendCode, sendPasskey, startOver }: SecondFactorProps) {
  const [way, setWay] = useState<"authenticator" | "recovery">("authenticator");
  const [code, setCode] = useState("");
  const passkeys = usePasskeys();
  const recovery = way === "recovery";
  const send = (given: string) => {
    if (given.trim() === "") return;
    sendCode(way, given);
    if (!recovery) setCode("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  const turn = () => {
    setWay(recovery ? "authenticator" : "recovery");
    setCode("");
  };
  return (
    <>
      <h1 className={classes.title}>{recovery ? "Use a recovery code" : "Enter your code"}</h1>
      <p className={classes.lead}>
        {recovery
          ? "One of the ten codes that you saved when you set up your authenticator. Each works once."
          : "Six digits from your authenticator app."}
      </p>
      <form className={classes.form} onSubmit={submit} noValidate>
        {alert}
        {recovery ? (
          <TextInput
            key="recovery"
            label="Recovery code"
            description="Capitals and dashes do not matter."
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            className={classes.recovery ?? ""}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        ) : (
          <CodeField value={code} onChange={setCode} onComplete={send} />
        )}
        <Button type="submit" size="md" loading={busy === way}>
          Verify
        </Button>
        <div className={classes.ways}>
          {passkeys && (
            <Button
              variant="subtle"
              size="xs"
              leftSection={<Fingerprint size={14} aria-hidden="true" />}
              loading={busy === "passkey"}
              onClick={sendPasskey}
            >
              Use a passkey
            </Button>
          )}
          <Button
            variant="subtle"
            size="xs"
            leftSection={
              recovery ? <Smartphone size={14} aria-hidden="true" /> : <LifeBuoy size={14} aria-hidden="true" />
            }
            onClick={turn}
          >
            {recovery ? "Use the authenticator" : "Use a recovery code"}
          </Button>
          <Button variant="subtle" size="xs" onClick={startOver}>
            Use another account
          </Button>
        </div>
      </form>
    </>
  );
}
