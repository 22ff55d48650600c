"use client";

import { Alert, Button, Progress, TextInput } from "@mantine/core";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useContractForm } from "@/client/use-contract-form";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { count } from "@/components/ui/format";
import { ShownOnce } from "@/components/ui/shown-once";
import { type AuditCheck, verifyAuditContract } from "@/lib/audit/contract";

/** Checks the whole trail, link by link, and tells the outcome. */
export function VerifyDialog({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Dialog opened={opened} close={close} title="Verify the audit trail" size="lg">
      <Verify close={close} />
    </Dialog>
  );
}

function Verify({ close }: { close: () => void }) {
  const { form, submit, send } = useContractForm({
    contract: verifyAuditContract,
    initialValues: { noted: "" },
    input: ({ noted }) => (noted.trim() === "" ? {} : { noted }),
    onDone: () => undefined,
  });
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <p className={classes.note}>
        Every event carries a hash over itself and the one before. Changing, removing or inserting one breaks the chain
        from there on.
      </p>
      <TextInput
        label="An end that you noted earlier (optional)"
        description="Also finds a trail that was set back as a whole, from a backup say."
        placeholder="id:hash"
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps("noted")}
      />
      <div aria-live="polite">
        {submit.isPending && (
          <div className={classes.form}>
            <Progress value={100} animated aria-label="Checking every link" />
            <p className={classes.note}>Checking every link. A million of them take some seconds.</p>
          </div>
        )}
        {submit.data && !submit.isPending && <Outcome check={submit.data} />}
      </div>
      <FormError error={submit.error} title="The trail was not checked" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Close
        </Button>
        <Button type="submit" loading={submit.isPending}>
          {submit.data ? "Verify again" : "Verify"}
        </Button>
      </div>
    </form>
  );
}

function Outcome({ check: { intact, checked, older, end, firstBad, milliseconds } }: { check: AuditCheck }) {
  const took = milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  const links = `${count(checked)} ${checked === 1 ? "link" : "links"} checked in ${took}.`;
  const before = older > 0 && ` ${count(older)} events are older than the chain: nothing proves those.`;
  if (!intact) {
    return (
      <Alert
        color="red"
        variant="light"
        icon={<ShieldAlert size={18} aria-hidden="true" />}
        title="The trail is not what was recorded"
        role="alert"
      >
        {firstBad && (
          <>
            First at event <strong>{firstBad.id}</strong>: {firstBad.problem}{" "}
          </>
        )}
        {links}
        {before} Keep the database as it is, and compare it with a backup or an export.
      </Alert>
    );
  }
  return (
    <div className={classes.form}>
      <Alert
        color="green"
        variant="light"
        icon={<ShieldCheck size={18} aria-hidden="true" />}
        title="The trail is intact"
      >
        {links}
        {before}
      </Alert>
      {end !== null && (
        <ShownOnce
          label="Its end now"
          value={end}
          note="Note it somewhere else: the next check can then prove that nothing was set back."
        />
      )}
    </div>
  );
}
