"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { FileText } from "lucide-react";
import { useAllowed } from "@/components/shell/user";
import type { Begin } from "./begin";
import { NewReportDialog } from "./new-report-dialog";

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
