"use client";

import { ActionIcon, Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Download, Ellipsis, RotateCw, Trash2 } from "lucide-react";
import { useReadAgain } from "@/client/read-again";
import { isOpen } from "@/client/reports-queries";
import { useSubmit } from "@/client/use-submit";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { explain } from "@/components/ui/load-error";
import { sayDone, sayFailed } from "@/components/ui/toast";
import {
  cancelReportContract,
  listReportsContract,
  removeReportContract,
  showReportContract,
} from "@/lib/reports/contract";
import type { ReportView } from "@/lib/reports/shapes";
import { useAsk } from "./use-ask";
import { filePath, hasFile } from "./words";

type ReportActionsProps = {
  report: ReportView;
  /** On its own page, where there is room for words. */
  wide?: boolean;
  onMade?: (report: ReportView) => void;
  onRemoved?: () => void;
};

/** What can be done to a report: downloaded, cancelled, made again, removed. */
export function ReportActions({ report, wide = false, onMade, onRemoved }: ReportActionsProps) {
  const { id, kind, input, title } = report;
  const [removing, { open, close }] = useDisclosure(false);
  const readAgain = useReadAgain();
  const ask = useAsk(onMade);
  const cancel = useSubmit(cancelReportContract, () => {
    readAgain(listReportsContract, showReportContract);
    sayDone(`${title} was cancelled.`);
  });
  const again = () => ask.mutate({ kind, input, title });
  const stop = () =>
    cancel.mutate({ id }, { onError: (error) => sayFailed(`It was not cancelled. ${explain(error)}`) });
  return (
    <>
      {hasFile(report) && (
        <Button
          component="a"
          href={filePath(report)}
          download
          size={wide ? "xs" : "compact-xs"}
          variant={wide ? "filled" : "default"}
          leftSection={<Download size={wide ? 14 : 12} aria-hidden="true" />}
          aria-label={`Download ${title}`}
        >
          Download
        </Button>
      )}
      {isOpen(report) && (
        <Button
          size={wide ? "xs" : "compact-xs"}
          variant="default"
          loading={cancel.isPending}
          onClick={stop}
          aria-label={`Cancel ${title}`}
        >
          Cancel
        </Button>
      )}
      {(wide || report.status === "failed" || report.file?.removed === true) && !isOpen(report) && (
        <Button
          size={wide ? "xs" : "compact-xs"}
          variant="default"
          loading={ask.isPending}
          onClick={again}
          aria-label={`Make ${title} again`}
        >
          Make again
        </Button>
      )}
      {!isOpen(report) && <More title={title} again={again} remove={open} wide={wide} />}
      <RemoveDialog report={report} opened={removing} close={close} onRemoved={onRemoved} />
    </>
  );
}

type MoreProps = { title: string; again: () => void; remove: () => void; wide: boolean };

function More({ title, again, remove, wide }: MoreProps) {
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon
          variant={wide ? "default" : "subtle"}
          color="gray"
          size={wide ? 30 : "md"}
          aria-label={`More for ${title}`}
        >
          <Ellipsis size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<RotateCw size={14} aria-hidden="true" />} onClick={again}>
          Make again
        </Menu.Item>
        <Menu.Item color="red" leftSection={<Trash2 size={14} aria-hidden="true" />} onClick={remove}>
          Remove…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type RemoveDialogProps = {
  report: ReportView;
  opened: boolean;
  close: () => void;
  onRemoved: (() => void) | undefined;
};

function RemoveDialog({ report: { id, title, file }, opened, close, onRemoved }: RemoveDialogProps) {
  const readAgain = useReadAgain();
  const remove = useSubmit(removeReportContract, () => {
    close();
    sayDone(`${title} was removed.`);
    onRemoved?.();
    readAgain(listReportsContract);
  });
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title="Remove this report?"
      verb="Remove report"
      dangerous
      submit={remove}
      onConfirm={() => remove.mutate({ id })}
    >
      <p>
        <bdi>{title}</bdi> goes from this list{file === null ? "" : ", and its file with it"}. Files that were
        downloaded or mailed stay where they are; the audit trail keeps who had them.
      </p>
    </ConfirmDialog>
  );
}
