"use client";

import { CopyButton, UnstyledButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import classes from "./copy-value.module.css";

type CopyValueProps = { value: string; label: string; shown?: string; wraps?: boolean };

/** A technical value that can be copied with a click; `shown` is the same in a form that is easier to read. It wraps where all of it must be seen. */
export function CopyValue({ value, label, shown = value, wraps }: CopyValueProps) {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <UnstyledButton className={classes.copy} onClick={copy} aria-label={`Copy ${label}: ${value}`} title={value}>
          <span className={classes.value} data-wraps={wraps}>
            {shown}
          </span>
          {copied ? <Check size={13} aria-hidden="true" /> : <Copy size={13} aria-hidden="true" />}
          <span role="status" className={classes.said}>
            {copied ? "Copied" : ""}
          </span>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
