"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { useClock } from "@/client/now";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { permissionSummary } from "@/components/access/permission-groups";
import { useAllowedEverywhere } from "@/components/shell/user";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable, TwoLines } from "@/components/ui/data-table";
import { count } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import { calendarDay, exactDateTime } from "@/components/ui/time";
import { sayDone } from "@/components/ui/toast";
import { scopeWords } from "@/lib/kernel/scope";
import { type KeyRow, listKeysContract, revokeKeyContract } from "@/lib/keys/contract";
import classes from "./keys.module.css";

const dayMs = 86_400_000;
const soonDays = 14;

const states = {
  active: { word: "Working", tone: "ok" },
  expired: { word: "Expired", tone: "quiet" },
  revoked: { word: "Revoked", tone: "bad" },
} as const;

const columns: Column<KeyRow>[] = [
  {
    id: "key",
    header: "Key",
    cell: ({ name, prefix, createdBy }) => (
      <TwoLines
        first={<bdi title={name}>{name}</bdi>}
        second={
          <span title={`Made by ${createdBy}`}>
            <code>{prefix}</code> · {createdBy}
          </span>
        }
      />
    ),
  },
  {
    id: "may",
    header: "May",
    cell: ({ permissions, rateLimit }) => {
      const words = permissionSummary(permissions) || "nothing";
      const may = (
        <span className={classes.may} title={words}>
          {words}
        </span>
      );
      if (rateLimit === null) return may;
      return <TwoLines first={may} second={`at most ${count(rateLimit)} requests a minute`} />;
    },
  },
  {
    id: "scope",
    header: "Reaches",
    width: 116,
    quiet: true,
    cell: ({ scope }) => <span title={scopeWords(scope)}>{scopeWords(scope)}</span>,
  },
  { id: "from", header: "From", width: 116, quiet: true, cell: ({ allowedAddresses }) => from(allowedAddresses) },
  { id: "until", header: "Expires", width: 108, cell: (key) => <Expiry of={key} /> },
  {
    id: "used",
    header: "Last used",
    width: 112,
    quiet: true,
    cell: ({ lastUsedAt, lastUsedAddress }) =>
      lastUsedAt === null ? (
        "never"
      ) : (
        <TwoLines first={<RelativeTime at={lastUsedAt} every={60_000} />} second={lastUsedAddress} />
      ),
  },
  {
    id: "state",
    header: "State",
    width: 100,
    cell: ({ state, revokedAt }) => (
      <Badge tone={states[state].tone} title={revokedAt === null ? null : `Revoked ${exactDateTime(revokedAt)}`}>
        {states[state].word}
      </Badge>
    ),
  },
];

/** The keys with their rights, expiry and last use. */
export function KeysTable({ keys }: { keys: KeyRow[] }) {
  const mayRevoke = useAllowedEverywhere("keys:delete");
  return (
    <DataTable
      label="API keys"
      columns={columns}
      rows={keys}
      faded={(key) => key.state !== "active"}
      {...(mayRevoke && { actions: (key: KeyRow) => key.state === "active" && <Revoke of={key} /> })}
    />
  );
}

function from(addresses: string[]) {
  if (addresses.length === 0) return "anywhere";
  return <span title={addresses.join("\n")}>{addresses.join(", ")}</span>;
}

function Expiry({ of: { expiresAt, state } }: { of: KeyRow }) {
  const days = useClock(60_000, (now) => (expiresAt === null ? 0 : Math.floor((Date.parse(expiresAt) - now) / dayMs)));
  if (expiresAt === null) return <span className={classes.quiet}>never</span>;
  const near = state === "active" && days !== null && days < soonDays;
  return (
    <time dateTime={expiresAt} className={near ? classes.near : classes.quiet} suppressHydrationWarning>
      {near ? (days < 1 ? "within a day" : days === 1 ? "in 1 day" : `in ${days} days`) : calendarDay(expiresAt)}
    </time>
  );
}

function Revoke({ of: { id, name, prefix, lastUsedAt } }: { of: KeyRow }) {
  const [opened, setOpened] = useState(false);
  const readAgain = useReadAgain();
  const submit = useSubmit(
    revokeKeyContract,
    () => {
      readAgain(listKeysContract);
      sayDone(`The key ${name} was revoked.`);
      setOpened(false);
    },
    () => `Revoke the API key ${name}.`,
  );
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpened(true)} aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
      <ConfirmDialog
        opened={opened}
        close={() => setOpened(false)}
        title={`Revoke ${name}?`}
        verb="Revoke key"
        dangerous
        submit={submit}
        onConfirm={() => submit.mutate({ id })}
      >
        <p>
          Programs that use <code>{prefix}</code> are refused at once. This can't be undone; make a new key instead.
        </p>
        <p>
          {lastUsedAt === null ? (
            "It was never used."
          ) : (
            <>
              Last used <RelativeTime at={lastUsedAt} />.
            </>
          )}
        </p>
      </ConfirmDialog>
    </>
  );
}
