"use client";

import { Download } from "lucide-react";
import { useQueryState } from "nuqs";
import { useNow } from "@/client/now";
import { useAllowed } from "@/components/shell/user";
import { DataTable, TwoLines } from "@/components/ui/data-table";
import { showBytes } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import text from "@/components/ui/text.module.css";
import { downloadItemContract } from "@/lib/bulk/contract-files";
import type { ItemView, RunDetail } from "@/lib/bulk/shapes";
import { fillPath } from "@/lib/kernel/contract";
import classes from "./items.module.css";
import { searchItems } from "./search-items";
import { isPlan, itemStates, waveName } from "./words";

type ItemTableProps = { run: RunDetail; items: ItemView[]; label: string };

/** Tenants of a run as a table; each opens to what happened to it. */
export function ItemTable({ run, items, label }: ItemTableProps) {
  const [, open] = useQueryState("item", searchItems.item);
  const plan = isPlan(run.status);
  const waves = run.waves.length > 1;
  return (
    <DataTable
      label={label}
      compact
      rows={items.map((item) => ({ ...item, id: String(item.position) }))}
      faded={({ status }) => plan && status === "skipped"}
      columns={[
        {
          id: "tenant",
          header: "Tenant",
          width: 250,
          cell: ({ tenant, position }) => (
            <TwoLines
              first={
                <button type="button" className={text.open} onClick={() => void open(position)} title={tenant.name}>
                  <bdi>{tenant.name}</bdi>
                </button>
              }
              second={tenant.slug}
            />
          ),
        },
        {
          id: "status",
          header: "Status",
          width: 118,
          cell: ({ status }) => (
            <Badge tone={itemStates[status].tone} busy={itemStates[status].busy ?? false}>
              {plan ? (status === "skipped" ? "Left out" : "Planned") : itemStates[status].word}
            </Badge>
          ),
        },
        {
          id: "words",
          header: plan ? "To know" : "What came of it",
          wraps: true,
          cell: (item) => <What run={run} item={item} plan={plan} />,
        },
        { id: "server", header: "Server", width: 120, quiet: true, cell: ({ server }) => server },
        ...(waves
          ? [
              {
                id: "wave",
                header: "Wave",
                width: 90,
                quiet: true,
                cell: (item: ItemView) => waveName(run, item),
              },
            ]
          : []),
        ...(plan
          ? []
          : [{ id: "when", header: "When", width: 110, quiet: true, cell: (item: ItemView) => <When item={item} /> }]),
      ]}
    />
  );
}

/** What is to be known of an item: what came of it, else why it waits, else its warnings. */
function What({ run, item, plan }: { run: RunDetail; item: ItemView; plan: boolean }) {
  // While it is tried again, what was said before is no result.
  const said = item.status === "running" ? null : item.words;
  const words = said ?? (plan ? item.warnings.join(" · ") : "");
  const again = !plan && item.status === "pending" && item.attempts > 0;
  if (words === "" && !again && !item.file) return null;
  return (
    <span className={classes.what} data-status={item.status} title={words}>
      {again && <TriedAgain item={item} />} {words} <FileLink run={run} item={item} />
    </span>
  );
}

function FileLink({ run, item: { file, position, tenant } }: { run: RunDetail; item: ItemView }) {
  const may = useAllowed("data:export");
  if (!file || !may) return null;
  return (
    <a
      className={classes.file}
      href={fillPath(downloadItemContract.path, { id: run.id, position }).path}
      download={file.name}
      aria-label={`Download (${showBytes(file.bytes)}), the file of ${tenant.name}`}
    >
      <Download size={13} aria-hidden="true" /> Download ({showBytes(file.bytes)})
    </a>
  );
}

function TriedAgain({ item: { notBefore, attempts } }: { item: ItemView }) {
  const now = useNow(1000);
  const wait = notBefore === null || now === null ? 0 : Math.ceil((Date.parse(notBefore) - now) / 1000);
  return (
    <>
      {wait > 0 ? `Tried again in ${wait} s` : "Is tried again"} (attempt {attempts + 1}).
    </>
  );
}

function When({ item: { startedAt, finishedAt } }: { item: ItemView }) {
  const at = finishedAt ?? startedAt;
  return at === null ? <>—</> : <RelativeTime at={at} />;
}
