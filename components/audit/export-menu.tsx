"use client";

import { Button, Menu } from "@mantine/core";
import { Download } from "lucide-react";
import { type auditInput, exportPath } from "./search-audit";

/** Downloads what the filter lets through. */
export function ExportMenu({ input }: { input: ReturnType<typeof auditInput> }) {
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={15} aria-hidden="true" />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>What the filter shows</Menu.Label>
        <Menu.Item component="a" href={exportPath(input, "jsonl")} download>
          JSON lines, signed
        </Menu.Item>
        <Menu.Item component="a" href={exportPath(input, "csv")} download>
          CSV, for a spreadsheet
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
