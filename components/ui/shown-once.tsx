"use client";

import { Button, CopyButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useEffect, useRef } from "react";
import classes from "./shown-once.module.css";

type ShownOnceProps = { label: string; value: string; note?: string };

/** A secret that is never shown again, in full, with the way to copy it, where the focus goes: Enter then copies. */
export function ShownOnce({ label, value, note }: ShownOnceProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div className={classes.once}>
      <span className={classes.label}>{label}</span>
      <div className={classes.line}>
        <code className={classes.value}>{value}</code>
        <CopyButton value={value} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              ref={button}
              data-autofocus
              size="xs"
              variant={copied ? "default" : "filled"}
              leftSection={copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
              onClick={copy}
            >
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </div>
      <span className={classes.note}>{note ?? "Shown once: it can't be read again after this dialog is closed."}</span>
    </div>
  );
}
