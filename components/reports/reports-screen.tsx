"use client";

import { Button } from "@mantine/core";
import { FilePlus2 } from "lucide-react";
import { useQueryStates } from "nuqs";
import { FilterChips } from "@/components/ui/filter-chips";
import { PageHeader } from "@/components/ui/page-header";
import { useAddressedDialog } from "@/components/ui/use-addressed-dialog";
import { LakePanel } from "./lake-panel";
import { NewReportDialog } from "./new-report-dialog";
import classes from "./reports.module.css";
import { ReportsPanel } from "./reports-panel";
import { SchedulesPanel } from "./schedules-panel";
import { searchReports } from "./search-reports";

/** Files to hand to others: what was asked for, what is made regularly, and usage as a lake. */
export function ReportsScreen({ lake }: { lake: boolean }) {
  const [{ view }, set] = useQueryStates(searchReports);
  const { opened, open, close } = useAddressedDialog("new-report");
  return (
    <>
      <PageHeader title="Reports" note="Documents and tables as files: once, or again and again">
        <Button size="xs" leftSection={<FilePlus2 size={14} aria-hidden="true" />} onClick={open}>
          New report
        </Button>
      </PageHeader>
      <div className={classes.tabs}>
        <FilterChips
          label="Part of the page"
          value={view}
          choices={[
            { value: "made", label: "Reports" },
            { value: "schedules", label: "Schedules" },
            ...(lake ? [{ value: "lake" as const, label: "Usage lake" }] : []),
          ]}
          onChange={(part) => void set({ view: part, made: null })}
        />
      </div>
      {view === "made" && <ReportsPanel ask={open} />}
      {view === "schedules" && <SchedulesPanel />}
      {view === "lake" && lake && <LakePanel />}
      <NewReportDialog opened={opened} close={close} />
    </>
  );
}
