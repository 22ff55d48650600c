"use client";

import { Button, Menu } from "@mantine/core";
import { Columns3, Download, Hourglass } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAllowed } from "@/components/shell/user";
import { ColumnsDialog } from "./columns-dialog";
import { tablePath } from "./table-path";
import { useAsk } from "./use-ask";

type ExportMenuProps = {
  /** The table's name, as `reports.kinds` has it. */
  table: string;
  /** What it holds, to name the button where a page has several: "Tenants". */
  what: string;
  /** The screen's own filters and period, as the table takes them. */
  input: Readonly<Record<string, unknown>>;
  /** In a panel's head, where there is less room. */
  small?: boolean;
  /** More ways to have it, below. */
  children?: ReactNode;
};

/** Has a table as a file, narrowed as the screen is. Not there for those who may not have files. */
export function ExportMenu({ table, what, input, small = false, children }: ExportMenuProps) {
  const may = useAllowed("reports:read");
  const [choosing, setChoosing] = useState(false);
  const ask = useAsk();
  if (!may) return null;
  return (
    <>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <Button
            variant="default"
            {...(small && { size: "xs" })}
            leftSection={<Download size={small ? 13 : 15} aria-hidden="true" />}
            aria-label={`Export: ${what}`}
          >
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{what}, narrowed as shown here</Menu.Label>
          <Menu.Item
            component="a"
            href={tablePath(table, input)}
            download
            leftSection={<Download size={14} aria-hidden="true" />}
          >
            Download CSV
          </Menu.Item>
          <Menu.Item leftSection={<Columns3 size={14} aria-hidden="true" />} onClick={() => setChoosing(true)}>
            Choose columns…
          </Menu.Item>
          <Menu.Item
            leftSection={<Hourglass size={14} aria-hidden="true" />}
            onClick={() => ask.mutate({ kind: table, input })}
          >
            Make it in the background
          </Menu.Item>
          {children}
        </Menu.Dropdown>
      </Menu>
      <ColumnsDialog table={table} what={what} input={input} opened={choosing} close={() => setChoosing(false)} />
    </>
  );
}
