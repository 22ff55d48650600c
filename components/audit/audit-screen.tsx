"use client";

import { Button } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText, ShieldCheck } from "lucide-react";
import { useQueryStates } from "nuqs";
import { auditQuery } from "@/client/access-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { MoreRows } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import classes from "./audit.module.css";
import { AuditFilters } from "./audit-filters";
import { AuditList, type Summaries } from "./audit-list";
import { auditInput, pageSize, searchAudit } from "./search-audit";
import { SignedExport } from "./signed-export";
import { VerifyDialog } from "./verify-dialog";

/** Who did what, when, from where: every change and every refusal, newest first. */
export function AuditScreen({ summaries }: { summaries: Summaries }) {
  const [view, setView] = useQueryStates(searchAudit);
  const [settled] = useDebouncedValue(view, 250);
  const input = auditInput(settled);
  const query = useInfiniteQuery(auditQuery({ ...input, limit: pageSize }));
  const [opened, { open, close }] = useDisclosure(false);
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  const narrowed = Object.values(input).some((value) => value !== "");
  return (
    <>
      <PageHeader title="Audit" note="Every change and every refusal, chained so that tampering shows">
        <ExportMenu table="audit" what="Audit trail" input={input}>
          <SignedExport input={input} />
        </ExportMenu>
        <Button variant="default" size="xs" leftSection={<ShieldCheck size={14} aria-hidden="true" />} onClick={open}>
          Verify the trail
        </Button>
      </PageHeader>
      <AuditFilters view={view} onChange={(part) => void setView(part)} />
      {query.error && <LoadError what="The audit trail" error={query.error} retry={query.refetch} />}
      {query.data && (
        <div
          className={classes.panel}
          data-waiting={query.isPlaceholderData || undefined}
          aria-busy={query.isPlaceholderData}
        >
          {events.length === 0 ? (
            <Message
              icon={ScrollText}
              title={narrowed ? "Nothing matches" : "Nothing is recorded yet"}
              {...(narrowed && {
                action: (
                  <Button variant="default" size="xs" onClick={() => void setView(null)}>
                    Clear the filter
                  </Button>
                ),
              })}
            >
              {narrowed
                ? "No event fits all parts of the filter."
                : "Every change, and every attempt that was refused, appears here."}
            </Message>
          ) : (
            <AuditList events={events} summaries={summaries} narrow={(part) => void setView(part)} />
          )}
          <MoreRows query={query} words="Older" />
        </div>
      )}
      <VerifyDialog opened={opened} close={close} />
    </>
  );
}
