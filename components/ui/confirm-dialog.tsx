"use client";

import { Button } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect } from "react";
import { Dialog } from "./dialog";
import classes from "./form.module.css";
import { FormError } from "./form-error";

type ConfirmDialogProps = {
  opened: boolean;
  close: () => void;
  title: string;
  /** What the button does, in a verb. */
  verb: string;
  /** What the other button says, where "Cancel" could be taken for the deed. */
  keep?: string;
  dangerous?: boolean;
  submit: { isPending: boolean; error: Error | null; reset: () => void };
  onConfirm: () => void;
  children: ReactNode;
};

/** Says what will happen, and does it when told so. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, close, title, verb, keep = "Cancel", dangerous = false, submit, onConfirm, children } = props;
  const { reset } = submit;
  useEffect(() => {
    if (opened) reset();
  }, [opened, reset]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onConfirm();
  };
  return (
    <Dialog opened={opened} close={close} title={title}>
      <form className={classes.form} onSubmit={send}>
        {children}
        <FormError error={submit.error} title="Nothing was changed" />
        <div className={classes.buttons}>
          <Button variant="default" onClick={close}>
            {keep}
          </Button>
          <Button type="submit" color={dangerous ? "red" : "petrol"} loading={submit.isPending} data-autofocus>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
