"use client";

import { ActionIcon, Menu, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Ellipsis, Pencil, Play, Power, Trash2 } from "lucide-react";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { useBrowserZone } from "@/components/analytics/zone";
import { useAllowed } from "@/components/shell/user";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable, TwoLines } from "@/components/ui/data-table";
import { explain } from "@/components/ui/load-error";
import { sayDone, sayFailed } from "@/components/ui/toast";
import { listReportsContract } from "@/lib/reports/contract";
import {
  editScheduleContract,
  listSchedulesContract,
  removeScheduleContract,
  runScheduleContract,
  type ScheduleView,
} from "@/lib/reports/contract-schedules";
import { LastReport } from "./last-report";
import classes from "./reports.module.css";
import { coversWords, dueWords, nextWords } from "./schedule-words";
import { kindLabel } from "./words";

type SchedulesTableProps = { schedules: readonly ScheduleView[] | null; edit: (schedule: ScheduleView) => void };

/** Each schedule with when it is due next, what became of the last report, and whether it is on. */
export function SchedulesTable({ schedules, edit }: SchedulesTableProps) {
  const zone = useBrowserZone();
  const may = useAllowed("reports:schedule");
  return (
    <DataTable
      label="Schedules"
      rows={schedules}
      columns={[...columnsOf(zone), { id: "on", header: "On", width: 70, cell: (one) => <OnOff schedule={one} /> }]}
      faded={({ enabled }) => !enabled}
      {...(may && { actionsWidth: 64, actions: (one: ScheduleView) => <Actions schedule={one} edit={edit} /> })}
    />
  );
}

/** How many recipients are named one by one. */
const shownRecipients = 3;

const columnsOf = (zone: string): Column<ScheduleView>[] => [
  {
    id: "schedule",
    header: "Schedule",
    cell: ({ name, kind, format, covers, every, madeBy }) => (
      <TwoLines
        first={<bdi title={`Made with the rights of ${madeBy}`}>{name}</bdi>}
        second={`${kindLabel(kind)}, ${format.toUpperCase()}, of ${coversWords({ covers, every })}`}
      />
    ),
  },
  {
    id: "next",
    header: "Next",
    width: 220,
    wraps: true,
    cell: (schedule) => {
      const next = nextWords(schedule, zone);
      if (next === null) return <TwoLines first={schedule.stopped ?? "Switched off"} second={dueWords(schedule)} />;
      return (
        <TwoLines
          first={<span title={next.viewer ?? undefined}>{next.own}</span>}
          second={next.viewer === null ? dueWords(schedule) : `${next.viewer} for you. ${dueWords(schedule)}`}
        />
      );
    },
  },
  { id: "last", header: "Last", width: 260, wraps: true, cell: ({ last }) => <LastReport last={last} /> },
  {
    id: "to",
    header: "To",
    width: 190,
    quiet: true,
    wraps: true,
    cell: ({ recipients }) =>
      recipients.length === 0 ? (
        "kept for download"
      ) : (
        <span className={classes.mails} title={recipients.join("\n")}>
          {recipients.slice(0, shownRecipients).map((address) => (
            <bdi key={address}>{address}</bdi>
          ))}
          {recipients.length > shownRecipients && <span>and {recipients.length - shownRecipients} more</span>}
        </span>
      ),
  },
];

function useTurn({ id, name }: ScheduleView) {
  const readAgain = useReadAgain();
  const edit = useSubmit(editScheduleContract, () => readAgain(listSchedulesContract));
  const turn = (on: boolean) =>
    edit.mutate({ id, enabled: on }, { onError: (error) => sayFailed(`${name} stays as it is. ${explain(error)}`) });
  return { edit, turn };
}

function OnOff({ schedule }: { schedule: ScheduleView }) {
  const { name, enabled } = schedule;
  const may = useAllowed("reports:schedule");
  const { edit, turn } = useTurn(schedule);
  return (
    <Switch
      size="sm"
      aria-label={`${name} is on`}
      checked={edit.isPending ? edit.variables.enabled === true : enabled}
      disabled={!may || edit.isPending}
      onChange={(event) => turn(event.currentTarget.checked)}
    />
  );
}

function Actions({ schedule, edit }: { schedule: ScheduleView; edit: (schedule: ScheduleView) => void }) {
  const { id, name, recipients, enabled } = schedule;
  const { turn } = useTurn(schedule);
  const [removing, { open, close }] = useDisclosure(false);
  const readAgain = useReadAgain();
  const run = useSubmit(runScheduleContract, () => {
    readAgain(listSchedulesContract, listReportsContract);
    sayDone(`${name} is being made${recipients.length === 0 ? "" : ", and mailed then"}.`);
  });
  const remove = useSubmit(removeScheduleContract, () => {
    close();
    readAgain(listSchedulesContract);
    sayDone(`The schedule ${name} was removed.`);
  });
  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" loading={run.isPending} aria-label={`Actions for ${name}`}>
            <Ellipsis size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Play size={14} aria-hidden="true" />}
            onClick={() =>
              run.mutate({ id }, { onError: (error) => sayFailed(`${name} was not begun. ${explain(error)}`) })
            }
          >
            Run now
          </Menu.Item>
          <Menu.Item leftSection={<Pencil size={14} aria-hidden="true" />} onClick={() => edit(schedule)}>
            Edit…
          </Menu.Item>
          <Menu.Item leftSection={<Power size={14} aria-hidden="true" />} onClick={() => turn(!enabled)}>
            {enabled ? "Switch off" : "Switch on"}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<Trash2 size={14} aria-hidden="true" />} onClick={open}>
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={removing}
        close={close}
        title={`Remove the schedule ${name}?`}
        verb="Remove schedule"
        dangerous
        submit={remove}
        onConfirm={() => remove.mutate({ id })}
      >
        <p className={classes.plain}>
          Nothing is made for it any more. Reports that were made stay until their time is over. To pause it, switch it
          off instead.
        </p>
      </ConfirmDialog>
    </>
  );
}
