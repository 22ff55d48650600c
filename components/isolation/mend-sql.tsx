"use client";

import { ActionIcon, CopyButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import classes from "./isolation.module.css";

/** SQL to be read, copied and run by an administrator: all of it is shown, since it is run as it stands. */
export function MendSql({ sql }: { sql: string }) {
  return (
    <span className={classes.mend}>
      <code>{sql}</code>
      <CopyButton value={sql} timeout={1500}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            onClick={copy}
            aria-label={copied ? "Copied" : `Copy the SQL: ${sql}`}
          >
            {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  );
}
