"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { useAllowedEverywhere } from "@/components/shell/user";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import { sayDone } from "@/components/ui/toast";
import { type IpRuleRow, listIpRulesContract, removeIpRuleContract } from "@/lib/keys/contract";
import { areaWords } from "./rule-words";

const columns: Column<IpRuleRow>[] = [
  {
    id: "network",
    header: "Network",
    width: 220,
    wraps: true,
    cell: ({ network }) => <code title={network}>{network}</code>,
  },
  {
    id: "action",
    header: "Rule",
    width: 104,
    cell: ({ action }) => (
      <Badge tone={action === "allow" ? "ok" : "bad"}>{action === "allow" ? "Allowed" : "Denied"}</Badge>
    ),
  },
  { id: "area", header: "For", width: 140, cell: ({ area }) => areaWords[area] },
  { id: "note", header: "Note", wraps: true, cell: ({ note }) => <bdi>{note || "—"}</bdi> },
  {
    id: "by",
    header: "Added by",
    width: 190,
    quiet: true,
    cell: ({ createdBy }) => <bdi title={createdBy}>{createdBy}</bdi>,
  },
  { id: "at", header: "Added", width: 110, quiet: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
];

/** The rules, each with the way to remove it. */
export function RulesTable({ rules }: { rules: IpRuleRow[] }) {
  const mayRemove = useAllowedEverywhere("addresses:update");
  return (
    <DataTable
      label="IP rules"
      columns={columns}
      rows={rules}
      {...(mayRemove && { actions: (rule: IpRuleRow) => <Remove rule={rule} /> })}
    />
  );
}

function Remove({ rule: { id, network, action, area } }: { rule: IpRuleRow }) {
  const [opened, setOpened] = useState(false);
  const readAgain = useReadAgain();
  const submit = useSubmit(
    removeIpRuleContract,
    () => {
      readAgain(listIpRulesContract);
      sayDone(`The rule for ${network} was removed.`);
      setOpened(false);
    },
    () => `Remove the rule that ${action === "allow" ? "allows" : "denies"} ${network}.`,
  );
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpened(true)} aria-label={`Remove ${network}`}>
        Remove
      </Button>
      <ConfirmDialog
        opened={opened}
        close={() => setOpened(false)}
        title={`Remove the rule for ${network}?`}
        verb="Remove rule"
        dangerous
        submit={submit}
        onConfirm={() => submit.mutate({ id })}
      >
        <p>
          {action === "allow"
            ? `${network} is no longer allowed to reach ${areaWords[area]} by this rule. When it was the last that allows, every network may.`
            : `${network} may reach ${areaWords[area]} again, as far as the other rules let it.`}
        </p>
      </ConfirmDialog>
    </>
  );
}
