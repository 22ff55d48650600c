"use client";

import { Button, Checkbox, CopyButton } from "@mantine/core";
import { Check, Copy, Download, Printer } from "lucide-react";
import { useState } from "react";
import classes from "./accounts.module.css";

type RecoveryCodesProps = { codes: string[]; verb: string; onDone: () => void };

/** The ten recovery codes, with every way to keep them; goes on only once somebody says that they are kept. */
export function RecoveryCodes({ codes, verb, onDone }: RecoveryCodesProps) {
  const [saved, setSaved] = useState(false);
  return (
    <div className={classes.form}>
      <ol className={classes.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className={classes.keep}>
        <CopyButton value={codes.join("\n")} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
              onClick={copy}
            >
              {copied ? "Copied" : "Copy all"}
            </Button>
          )}
        </CopyButton>
        <Button
          size="xs"
          variant="default"
          leftSection={<Download size={14} aria-hidden="true" />}
          onClick={() => download(codes)}
        >
          Download .txt
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Printer size={14} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          Print
        </Button>
      </div>
      <Checkbox label="I have saved them" checked={saved} onChange={(event) => setSaved(event.currentTarget.checked)} />
      <Button size="md" disabled={!saved} onClick={onDone}>
        {verb}
      </Button>
    </div>
  );
}

function download(codes: string[]): void {
  const host = window.location.host;
  const text = `Recovery codes for Tenantry at ${host}\nEach stands in once for a lost authenticator.\n\n${codes.join("\n")}\n`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = `tenantry-recovery-codes-${host.replace(/[^a-z0-9.-]/gi, "-")}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}
