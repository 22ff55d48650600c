"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Server, ShieldCheck } from "lucide-react";
import { useQueryStates } from "nuqs";
import { isolationQuery } from "@/client/isolation-queries";
import { useLive } from "@/client/live";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { useAllowedEverywhere } from "@/components/shell/user";
import { FormError } from "@/components/ui/form-error";
import layout from "@/components/ui/layout.module.css";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { sayDone, sayFailed } from "@/components/ui/toast";
import {
  checkIsolationContract,
  isolationOverviewContract,
  listIsolationFindingsContract,
} from "@/lib/isolation/contract";
import { LeaksPanel } from "./leaks-panel";
import { ProofPanel } from "./proof-panel";
import { type IsolationSearch, searchIsolation } from "./search-isolation";
import { ServersPanel } from "./servers-panel";
import { isUnknown, provenWords, summary } from "./words";

/** Whether the tenants are apart on each server, what is proven, and what leaks. */
export function IsolationScreen() {
  useLive("isolation");
  const [view, setView] = useQueryStates(searchIsolation);
  const { data, error, refetch } = useQuery(isolationQuery());
  const readAgain = useReadAgain();
  const prove = useSubmit(checkIsolationContract, ({ servers }) => {
    readAgain(isolationOverviewContract, listIsolationFindingsContract);
    (servers.some(isUnknown) ? sayFailed : sayDone)(provenWords(servers));
  });
  const mayProve = useAllowedEverywhere("databases:maintain");
  if (!data) return error ? <LoadError what="The isolation" error={error} retry={refetch} /> : null;
  const change = (part: Partial<IsolationSearch>) => void setView({ page: 1, ...part });
  const none = data.servers.length === 0;
  return (
    <div className={layout.stack}>
      <PageHeader title="Isolation" note={none ? "Whether tenants are apart" : summary(data.servers)}>
        {mayProve && !none && (
          <Button
            size="xs"
            leftSection={<ShieldCheck size={14} aria-hidden="true" />}
            loading={prove.isPending}
            onClick={() => prove.mutate({})}
          >
            Prove now
          </Button>
        )}
      </PageHeader>
      <FormError error={prove.error} title="Nothing was proven" />
      {none ? (
        <Message icon={Server} title="No server yet">
          Once a server holds tenants, this page says whether anybody but a tenant&apos;s own role can get to its
          database.
        </Message>
      ) : (
        <>
          <ServersPanel overview={data} view={view} change={change} />
          <LeaksPanel overview={data} view={view} change={change} setPage={(page) => void setView({ page })} />
          <ProofPanel overview={data} view={view} change={change} />
        </>
      )}
    </div>
  );
}
