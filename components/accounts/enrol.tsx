"use client";

import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call } from "@/client/call";
import { signOut } from "@/client/sign-out";
import { useSubmit } from "@/client/use-submit";
import { FormError } from "@/components/ui/form-error";
import { LoadError } from "@/components/ui/load-error";
import { confirmEnrolmentContract, startEnrolmentContract } from "@/lib/accounts/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./accounts.module.css";
import { AuthenticatorSecret } from "./authenticator-secret";
import { CodeField, codeError } from "./code-field";
import { RecoveryCodes } from "./recovery-codes";

type Enrolment = OutputOf<typeof startEnrolmentContract>;

/** Sets up the second factor: a QR code to scan, a code to prove that it worked, recovery codes to keep. */
export function Enrol() {
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <Keep codes={codes} />;
  return <SetUpAuthenticator onEnrolled={setCodes} />;
}

function Keep({ codes }: { codes: string[] }) {
  return (
    <>
      <h1 className={classes.title}>Save your recovery codes</h1>
      <p className={classes.lead}>
        If you lose your authenticator, one of these lets you in, once each. They are shown now and never again: keep
        them where you keep what matters, not on the same phone.
      </p>
      <RecoveryCodes codes={codes} verb="Continue" onDone={() => window.location.assign("/")} />
    </>
  );
}

function SetUpAuthenticator({ onEnrolled }: { onEnrolled: (codes: string[]) => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: [startEnrolmentContract.id],
    queryFn: () => call(startEnrolmentContract, {}),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
  return (
    <>
      <h1 className={classes.title}>Set up your authenticator</h1>
      <p className={classes.lead}>
        Signing in takes a second factor. Scan this with an authenticator app, then enter the code that it shows.
      </p>
      {data ? (
        <Confirm enrolment={data} onEnrolled={onEnrolled} />
      ) : error ? (
        <LoadError what="The QR code" error={error} retry={refetch} />
      ) : (
        <div className={classes.form} style={{ placeItems: "center", minHeight: 220 }}>
          <Loader aria-label="Making a secret" />
        </div>
      )}
      <Button className={classes.leave ?? ""} variant="subtle" size="xs" onClick={() => void signOut()}>
        Sign out
      </Button>
    </>
  );
}

type ConfirmProps = { enrolment: Enrolment; onEnrolled: (codes: string[]) => void };

function Confirm({ enrolment, onEnrolled }: ConfirmProps) {
  const [code, setCode] = useState("");
  const submit = useSubmit(confirmEnrolmentContract, ({ recoveryCodes }) => onEnrolled(recoveryCodes));
  const send = (value: string) => {
    if (value.length === 6 && !submit.isPending) submit.mutate({ code: value }, { onError: () => setCode("") });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  return (
    <form className={classes.form} onSubmit={onSubmit}>
      <AuthenticatorSecret {...enrolment} />
      <CodeField value={code} onChange={setCode} onComplete={send} error={codeError(submit.error)} />
      <FormError error={submit.error} title="The code was not accepted" atFields={["code"]} />
      <Button type="submit" size="md" loading={submit.isPending || submit.isSuccess}>
        Confirm
      </Button>
    </form>
  );
}
