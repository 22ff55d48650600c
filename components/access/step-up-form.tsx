"use client";

import { Button } from "@mantine/core";
import { Fingerprint } from "lucide-react";
import { type FormEvent, useState } from "react";
import { call } from "@/client/call";
import { provePasskey, usePasskeys } from "@/client/passkey";
import { isSessionEnd } from "@/client/session-end";
import { Cancelled } from "@/client/step-up";
import { CodeField } from "@/components/accounts/code-field";
import classes from "@/components/ui/form.module.css";
import { explain } from "@/components/ui/load-error";
import { stepUpContract } from "@/lib/accounts/contract";
import { AppError } from "@/lib/kernel/errors";
import { whyNotSent } from "./why-not-sent";

type StepUpFormProps = { digest: string; what: string; done: () => void; cancel: () => void };

/** Takes a code or a passkey for one digest; a wrong one says so and may be tried again. */
export function StepUpForm({ digest, what, done, cancel }: StepUpFormProps) {
  const [code, setCode] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<"code" | "passkey" | null>(null);
  const passkeys = usePasskeys();

  async function prove(way: "code" | "passkey", proof: () => Promise<{ code: string } | { passkey: string }>) {
    if (busy) return;
    setBusy(way);
    setFailure(null);
    try {
      await call(stepUpContract, { digest, ...(await proof()) });
      done();
    } catch (error) {
      setFailure(wordsOf(error));
      setCode("");
      setBusy(null);
    }
  }

  const sendCode = (given: string) => void prove("code", async () => ({ code: given }));
  const sendPasskey = () => void prove("passkey", async () => ({ passkey: await provePasskey(digest) }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const why = whyNotSent(code, failure);
    if (why === null) sendCode(code);
    else setFailure(why);
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p>{what}</p>
      <CodeField value={code} onChange={setCode} onComplete={sendCode} {...(failure !== null && { error: failure })} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
        <Button type="submit" loading={busy === "code"}>
          Confirm
        </Button>
      </div>
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
    </form>
  );
}

function wordsOf(error: unknown): string {
  if (isSessionEnd(error)) return "Your session has ended. Sign in in another tab, then try again here.";
  if (error instanceof Cancelled) return "No passkey was used. Enter a code, or try the passkey again.";
  if (error instanceof AppError && error.fields) return Object.values(error.fields).join(" ");
  return error instanceof Error ? explain(error) : "That did not work. Try again.";
}
