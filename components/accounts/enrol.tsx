"use client";

import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call } from "@/client/call";
import { useSubmit } from "@/client/use-submit";
import { CopyValue } from "@/components/ui/copy-value";
import { FormError } from "@/components/ui/form-error";
import { LoadError } from "@/components/ui/load-error";
import { confirmEnrolmentContract, startEnrolmentContract } from "@/lib/accounts/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./accounts.module.css";
import { CodeField } from "./code-field";

type Enrolment = OutputOf<typeof startEnrolmentContract>;

/** Sets up the second factor: a QR code to scan, a code to prove that it worked. */
export function Enrol() {
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
        <Confirm enrolment={data} />
      ) : error ? (
        <LoadError what="The QR code" error={error} retry={refetch} />
      ) : (
        <div className={classes.form} style={{ placeItems: "center", minHeight: 220 }}>
          <Loader aria-label="Making a secret" />
        </div>
      )}
    </>
  );
}

function Confirm({ enrolment: { qr, secret } }: { enrolment: Enrolment }) {
  const [code, setCode] = useState("");
  const submit = useSubmit(confirmEnrolmentContract, () => window.location.assign("/"));
  const send = (value: string) => {
    if (value.length === 6 && !submit.isPending) submit.mutate({ code: value }, { onError: () => setCode("") });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  return (
    <form className={classes.form} onSubmit={onSubmit}>
      {/* biome-ignore lint/performance/noImgElement: an inline SVG, which has nothing to optimise */}
      <img
        className={classes.qr}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(qr)}`}
        alt="QR code for your authenticator app"
      />
      <div className={classes.secret}>
        Can't scan? Type this secret:
        <CopyValue value={secret} label="secret" />
      </div>
      <CodeField value={code} onChange={setCode} onComplete={send} />
      <FormError error={submit.error} title="The code was not accepted" />
      <Button type="submit" size="md" loading={submit.isPending || submit.isSuccess}>
        Confirm
      </Button>
    </form>
  );
}
