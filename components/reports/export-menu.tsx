"use client";

import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Columns3, Download, Hourglass } from "lucide-react";
import { type ReactNode, useState } from "react";
import { kindsQuery } from "@/client/reports-queries";
import { useAllowed } from "@/components/shell/user";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { explain } from "@/components/ui/load-error";
import { takenBy } from "./choice";
import classes from "./reports.module.css";
import { tablePath } from "./table-path";
import { useAsk } from "./use-ask";

const ColumnsDialog = lazyDialog(() => import("./columns-dialog").then((module) => module.ColumnsDialog));

type ExportMenuProps = {
  /** The table's name, as `reports.kinds` has it. */
  table: string;
  /** What it holds, to tell apart the menus of one page: "Tenants". */
  what: string;
  /** The screen's own filters and period; what the table does not take, such as a page's number, is left out. */
  input: Readonly<Record<string, unknown>>;
  /** More ways to have it, below. */
  children?: ReactNode;
};

// Within the page's main part, but not within a panel, which would cut it off; nothing but items is in a menu.
const menu = {
  position: "bottom-end",
  width: 250,
  portalProps: { target: "#content" },
  withInitialFocusPlaceholder: false,
} as const;

/** Has a table as a file, narrowed as the screen is. Not there for those who may not have files. */
export function ExportMenu({ table, what, input, children }: ExportMenuProps) {
  const may = useAllowed("reports:read");
  const [opened, setOpened] = useState(false);
  const [choosing, setChoosing] = useState(false);
  if (!may) return null;
  return (
    <>
      <Menu {...menu} opened={opened} onChange={setOpened}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<Download size={14} aria-hidden="true" />}
            aria-label={`Export: ${what}`}
          >
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {opened && <Items table={table} input={input} choose={() => setChoosing(true)} />}
          {children}
        </Menu.Dropdown>
      </Menu>
      <ColumnsDialog table={table} what={what} input={input} opened={choosing} close={() => setChoosing(false)} />
    </>
  );
}

type ItemsProps = Pick<ExportMenuProps, "table" | "input"> & { choose: () => void };

function Items({ table, input, choose }: ItemsProps) {
  const { data, error } = useQuery(kindsQuery());
  const ask = useAsk();
  const kind = data?.kinds.find(({ name }) => name === table);
  if (!kind) {
    const words = error ? explain(error) : data ? "Your role does not reach this table as a file." : "Loading…";
    return (
      <Menu.Item disabled className={classes.menuWords ?? ""}>
        {words}
      </Menu.Item>
    );
  }
  const taken = takenBy(kind, input);
  return (
    <>
      <Menu.Item
        component="a"
        href={tablePath(table, taken)}
        download
        leftSection={<Download size={14} aria-hidden="true" />}
      >
        Download CSV
      </Menu.Item>
      <Menu.Item leftSection={<Columns3 size={14} aria-hidden="true" />} onClick={choose}>
        Choose columns…
      </Menu.Item>
      <Menu.Item
        leftSection={<Hourglass size={14} aria-hidden="true" />}
        onClick={() => ask.mutate({ kind: table, input: taken })}
      >
        Make it in the background
      </Menu.Item>
    </>
  );
}
