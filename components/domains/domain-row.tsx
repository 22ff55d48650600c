"use client";

import { Button } from "@mantine/core";
import { serverTime, useClock } from "@/client/now";
import { useSubmit } from "@/client/use-submit";
import { Disclosure } from "@/components/ui/disclosure";
import { FormError } from "@/components/ui/form-error";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import { exactDateTime, exactTime } from "@/components/ui/time";
import { sayDone } from "@/components/ui/toast";
import { type DomainDetail, verifyDomainContract } from "@/lib/domains/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import { DomainActions } from "./domain-actions";
import classes from "./domains.module.css";
import { HostName } from "./host-name";
import { useKeepDomains } from "./keep-domains";
import { TxtRecord } from "./txt-record";
import { domainStates, meaning, until } from "./words";

type DomainRowProps = { tenant: TenantView; domain: DomainDetail; mayChange: boolean; builtIn: string };

/** One domain: where it stands, what proves it, when DNS was asked and is asked again. */
export function DomainRow({ tenant, domain, mayChange, builtIn }: DomainRowProps) {
  const { hostname, state, primary, record, checkError } = domain;
  const { word, tone } = domainStates[state];
  const check = useCheck(tenant.id, domain);
  const open = state === "pending" || state === "lost";
  const looked = state !== "taken" && (open || domain.checkedAt !== null);
  return (
    <li className={classes.domain} aria-label={hostname}>
      <div className={classes.head}>
        <HostName hostname={hostname} link={domain.verifiedAt === null ? null : `https://${hostname}`} />
        <span className={classes.state}>
          {primary && <span className={classes.primary}>Primary</span>}
          <Badge tone={tone}>{word}</Badge>
          {mayChange && <DomainActions tenant={tenant} domain={domain} check={check.run} builtIn={builtIn} />}
        </span>
      </div>
      <p className={classes.words}>{meaning(domain)}</p>
      {open && <TxtRecord record={record} />}
      <div className={classes.looks} hidden={!looked}>
        <p className={classes.words} role="status">
          {looked && checkError !== null && <span className={classes.found}>{checkError} </span>}
          {looked && <Looks domain={domain} />}
        </p>
        {open && mayChange && (
          <Button size="compact-xs" variant="default" loading={check.isPending} onClick={check.run}>
            Check now
          </Button>
        )}
      </div>
      {state === "verified" && domain.verifiedBy === "dns" && (
        <Disclosure summary="TXT record">
          <TxtRecord record={record} />
        </Disclosure>
      )}
      <FormError error={check.error} title="DNS was not asked" />
    </li>
  );
}

function Looks({ domain: { checkedAt, nextCheckAt, state } }: { domain: DomainDetail }) {
  const next = useClock(5000, (now) => (nextCheckAt === null ? "" : until(nextCheckAt, now)));
  return (
    <>
      {checkedAt !== null && (
        <>
          Checked <RelativeTime at={checkedAt} />.{" "}
        </>
      )}
      {nextCheckAt !== null && next !== null && (
        <>
          {checkedAt === null ? "First check" : "Next check"}{" "}
          <time dateTime={nextCheckAt} title={exactDateTime(nextCheckAt)}>
            {next}
          </time>
          .
        </>
      )}
      {nextCheckAt === null && state === "pending" && "Not checked any more until somebody asks."}
    </>
  );
}

/** Asks DNS now; the words of the answer stand with the domain. */
function useCheck(id: string, { id: domain, hostname }: DomainDetail) {
  const keep = useKeepDomains(id);
  const submit = useSubmit(verifyDomainContract, (seen) => {
    keep.one(seen);
    const asked = `DNS was asked at ${exactTime(serverTime())}`;
    sayDone(
      seen.checkError === null ? `${asked}: the record of ${hostname} was found.` : `${asked}: ${seen.checkError}`,
    );
  });
  return { run: () => submit.mutate({ id, domain }), isPending: submit.isPending, error: submit.error };
}
