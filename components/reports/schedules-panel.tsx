"use client";

import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { schedulesQuery } from "@/client/reports-queries";
import { useAllowed } from "@/components/shell/user";
import layout from "@/components/ui/layout.module.css";
import { MoreRows } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import type { ScheduleView } from "@/lib/reports/contract-schedules";
import { MailPanel } from "./mail-panel";
import { ScheduleDialog } from "./schedule-dialog";
import { SchedulesTable } from "./schedules-table";

/** What is made again and again: when, of what, and to whom it goes. */
export function SchedulesPanel() {
  const maySchedule = useAllowed("reports:schedule");
  const query = useInfiniteQuery(schedulesQuery());
  const [editing, setEditing] = useState<ScheduleView | "new" | null>(null);
  const schedules = query.data?.pages.flatMap((page) => page.schedules) ?? [];
  const add = maySchedule && (
    <Button
      variant="default"
      size="xs"
      leftSection={<CalendarClock size={14} aria-hidden="true" />}
      onClick={() => setEditing("new")}
    >
      New schedule
    </Button>
  );
  return (
    <div className={layout.stack}>
      {query.error && (
        <LoadError
          what={query.data ? "The newest schedules" : "The schedules"}
          error={query.error}
          retry={query.refetch}
        />
      )}
      {query.isPending && (
        <Panel title="Schedules" flush>
          <SchedulesTable schedules={null} edit={setEditing} />
        </Panel>
      )}
      {query.data && (
        <Panel title="Schedules" note="Made with the rights that their maker has then" actions={add} flush>
          {schedules.length === 0 ? (
            <Message icon={CalendarClock} title="No schedule yet" action={add}>
              {maySchedule
                ? "Have a report made every day, week or month, at a time of day in a zone of your choice. It is kept for download, and mailed to whom you name."
                : "Reports can be made every day, week or month, and mailed. Your role may read what was made, not set it up."}
            </Message>
          ) : (
            <SchedulesTable schedules={schedules} edit={setEditing} />
          )}
          <MoreRows query={query} />
        </Panel>
      )}
      <MailPanel />
      <ScheduleDialog
        key={editing === null || editing === "new" ? editing : `${editing.id} ${editing.version}`}
        schedule={editing === "new" ? null : editing}
        opened={editing !== null}
        close={() => setEditing(null)}
      />
    </div>
  );
}
