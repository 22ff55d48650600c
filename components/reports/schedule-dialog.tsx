"use client";

import { useQuery } from "@tanstack/react-query";
import { kindsQuery } from "@/client/reports-queries";
import { Dialog } from "@/components/ui/dialog";
import { LoadError } from "@/components/ui/load-error";
import type { ScheduleView } from "@/lib/reports/contract-schedules";
import { ScheduleForm } from "./schedule-form";

type ScheduleDialogProps = { schedule: ScheduleView | null; opened: boolean; close: () => void };

/** Makes a schedule, or changes one. */
export function ScheduleDialog({ schedule, opened, close }: ScheduleDialogProps) {
  const { data, error, refetch } = useQuery({ ...kindsQuery(), enabled: opened });
  return (
    <Dialog opened={opened} close={close} title={schedule === null ? "New schedule" : "Edit schedule"} size="lg">
      {data && <ScheduleForm kinds={data.kinds} schedule={schedule} close={close} />}
      {!data && (error ? <LoadError what="The reports there are" error={error} retry={refetch} /> : <p>Loading…</p>)}
    </Dialog>
  );
}
