"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { At } from "@/components/maintenance/at";
import { FormError } from "@/components/ui/form-error";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import { sayDone } from "@/components/ui/toast";
import { endSupportContract, listSupportContract, type SupportState, type SupportView } from "@/lib/support/contract";
import { listActivitiesContract } from "@/lib/tenants/contract-activities";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./support.module.css";

const states = {
  open: { word: "Link open", tone: "info" },
  unused: { word: "Expired unused", tone: "quiet" },
  active: { word: "Active", tone: "warn" },
  ended: { word: "Ended", tone: "quiet" },
} as const satisfies Record<SupportState, { word: string; tone: string }>;

type SupportItemProps = { tenant: TenantView; access: SupportView; mayEnd: boolean };

/** One access: who, why, how it stands, and the way to end it. */
export function SupportItem({ tenant, access, mayEnd }: SupportItemProps) {
  const { id, state, user, reason } = access;
  const readAgain = useReadAgain();
  const end = useSubmit(endSupportContract, (after) => {
    readAgain(listSupportContract, listActivitiesContract);
    sayDone(after.redeemedAt ? `The support session of ${user.name} ended.` : "The link opens nothing any more.");
  });
  const { word, tone } = states[state];
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <bdi className={classes.name} title={user.email}>
          {user.name}
        </bdi>
        <Badge tone={tone}>{word}</Badge>
        {mayEnd && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`End the support access of ${user.name}`}
            loading={end.isPending}
            onClick={() => end.mutate({ id: tenant.id, access: id })}
          >
            {state === "open" ? "Take back" : "End"}
          </Button>
        )}
      </div>
      <p className={classes.reason}>{reason}</p>
      <p className={classes.times}>{timesOf(access)}</p>
      <FormError error={end.error} title="It was not ended" />
    </li>
  );
}

function timesOf({ state, createdAt, redeemedAt, redeemedIp, sessionEnds, endedAt, endedBy }: SupportView): ReactNode {
  if (redeemedAt === null)
    return (
      <>
        Link made <RelativeTime at={createdAt} />
        {endedBy !== null && `, taken back by ${endedBy}`}
      </>
    );
  return (
    <>
      Entered <RelativeTime at={redeemedAt} />
      {redeemedIp !== null && ` from ${redeemedIp}`}
      {state === "active" && sessionEnds !== null && (
        <>
          , until <At at={sessionEnds} />
        </>
      )}
      {endedAt !== null && (
        <>
          , ended <RelativeTime at={endedAt} /> {endedBy === null ? "by itself" : `by ${endedBy}`}
        </>
      )}
    </>
  );
}
