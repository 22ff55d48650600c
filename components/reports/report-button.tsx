"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { FileText } from "lucide-react";
import { useAllowed } from "@/components/shell/user";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { Begin } from "./begin";

const NewReportDialog = lazyDialog(() => import("./new-report-dialog").then((module) => module.NewReportDialog));

type ReportButtonProps = Begin & { label?: string; size?: "xs" | "sm" };

/** Opens the dialog for a report of what the screen shows. Not there for those who may not have files. */
export function ReportButton({ kind, input, label = "Report…", size = "sm" }: ReportButtonProps) {
  const may = useAllowed("reports:read");
  const [opened, { open, close }] = useDisclosure(false);
  if (!may) return null;
  return (
    <>
      <Button variant="default" size={size} leftSection={<FileText size={15} aria-hidden="true" />} onClick={open}>
        {label}
      </Button>
      <NewReportDialog opened={opened} close={close} begin={{ kind, input }} />
    </>
  );
}
