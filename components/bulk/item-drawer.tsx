"use client";

import { Button, Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Download, ExternalLink } from "lucide-react";
import { useQueryState } from "nuqs";
import { useEffect, useRef } from "react";
import { itemLogQuery, itemQuery, rereadEvery } from "@/client/bulk-queries";
import { useNow } from "@/client/now";
import { useAllowed } from "@/components/shell/user";
import { Callout } from "@/components/ui/callout";
import { Fact, Facts } from "@/components/ui/facts";
import { showBytes } from "@/components/ui/format";
import layout from "@/components/ui/layout.module.css";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { Badge } from "@/components/ui/status-badge";
import text from "@/components/ui/text.module.css";
import { exactDateTime, exactTime } from "@/components/ui/time";
import { downloadItemContract } from "@/lib/bulk/contract-files";
import type { ItemView, RunDetail } from "@/lib/bulk/shapes";
import { fillPath } from "@/lib/kernel/contract";
import classes from "./bulk.module.css";
import itemClasses from "./items.module.css";
import { searchItems } from "./search-items";
import { itemStates, spanWords, waveName } from "./words";

const saidTones: Partial<Record<ItemView["status"], "ok" | "bad">> = { done: "ok", failed: "bad" };

/** What happened to one tenant of the run; which one stands in the address. */
export function ItemDrawer({ run }: { run: RunDetail }) {
  const [position, setPosition] = useQueryState("item", searchItems.item);
  // While it slides away it keeps showing what it showed.
  const last = useRef<number | null>(null);
  if (position !== null) last.current = position;
  const shown = last.current;
  return (
    <Drawer
      opened={position !== null}
      onClose={() => void setPosition(null)}
      position="right"
      size="md"
      styles={{ title: { fontSize: "1rem", fontWeight: 600 } }}
      title="What happened to this tenant"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {shown !== null && <Item run={run} position={shown} />}
    </Drawer>
  );
}

function Item({ run, position }: { run: RunDetail; position: number }) {
  const often = { refetchInterval: rereadEvery(run.status) };
  const { data: item, error, refetch } = useQuery({ ...itemQuery(run.id, position), ...often });
  useReadOnceMore(run.status, refetch);
  if (item === null) return <p className={text.quiet}>This run has no such tenant.</p>;
  if (!item) return error ? <LoadError what="The tenant" error={error} retry={refetch} /> : null;
  return (
    <div className={layout.stack}>
      <div className={itemClasses.itemHead}>
        <Link href={`/tenants/${item.tenant.id}`} className={itemClasses.itemName}>
          <bdi>{item.tenant.name}</bdi> <ExternalLink size={13} aria-hidden="true" />
        </Link>
        <span className={text.quiet}>
          {item.tenant.slug} · {item.server}
        </span>
        <Badge tone={itemStates[item.status].tone}>{itemStates[item.status].word}</Badge>
      </div>
      {item.words !== null && item.status !== "running" && (
        <Callout tone={saidTones[item.status] ?? "quiet"}>
          {item.status === "pending" && "The attempt before: "}
          {item.words}
        </Callout>
      )}
      {item.warnings.length > 0 && (
        <section aria-label="Warnings of the plan">
          <h3 className={text.caption}>Warnings of the plan</h3>
          <ul className={classes.sentences}>
            {item.warnings.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </section>
      )}
      <ItemFacts item={item} run={run} />
      <FileButton item={item} run={run} />
      <Log run={run} item={item} />
    </div>
  );
}

function ItemFacts({ item, run }: { item: ItemView; run: RunDetail }) {
  const alive = useNow(60_000) !== null;
  const { startedAt, finishedAt } = item;
  const took = startedAt && finishedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : null;
  const facts = [
    ["Wave", waveName(run, item)],
    ["Attempts", String(item.attempts)],
    ["Began", startedAt && alive ? exactDateTime(startedAt) : "not yet"],
    ["Ended", finishedAt && alive ? exactDateTime(finishedAt) : "not yet"],
    ...(took === null ? [] : [["Took", took < 1 ? `${Math.round(took * 1000)} ms` : spanWords(took)]]),
    ...(run.status === "finished" && item.status === "done" ? [["Can be undone", item.undoable ? "yes" : "no"]] : []),
  ] as const;
  return (
    <Facts>
      {facts.map(([label, value]) => (
        <Fact key={label} label={label}>
          {value}
        </Fact>
      ))}
    </Facts>
  );
}

function FileButton({ item: { file, position }, run }: { item: ItemView; run: RunDetail }) {
  const may = useAllowed("data:export");
  if (!file) return null;
  if (!may) return <p className={text.quiet}>It left a file. Downloading it takes the right to export data.</p>;
  return (
    <Button
      component="a"
      href={fillPath(downloadItemContract.path, { id: run.id, position }).path}
      download={file.name}
      variant="default"
      leftSection={<Download size={15} aria-hidden="true" />}
    >
      Download {file.name} ({showBytes(file.bytes)})
    </Button>
  );
}

/** Reads once more when what it belongs to has moved on: nothing may tell of it after an end. */
function useReadOnceMore(standing: string, refetch: () => Promise<unknown>): void {
  const before = useRef(standing);
  useEffect(() => {
    if (before.current === standing) return;
    before.current = standing;
    void refetch();
  }, [standing, refetch]);
}

function Log({ run, item }: { run: RunDetail; item: ItemView }) {
  const { data, error, refetch } = useQuery({
    ...itemLogQuery(run.id, item.position),
    refetchInterval: rereadEvery(run.status),
  });
  useReadOnceMore(`${run.status} ${item.status} ${item.attempts} ${item.finishedAt}`, refetch);
  const alive = useNow(60_000) !== null;
  if (!data) return error ? <LoadError what="The log" error={error} retry={refetch} /> : null;
  return (
    <section aria-label="Log">
      <h3 className={text.caption}>Log</h3>
      {data.lines.length === 0 ? (
        <p className={text.quiet}>Nothing yet.</p>
      ) : (
        <ol className={itemClasses.log}>
          {data.lines.map((line) => (
            <li key={`${line.at}${line.attempt}${line.message}`} data-level={line.level}>
              <time dateTime={line.at}>{alive ? exactTime(line.at) : ""}</time>
              <span>
                {line.level !== "info" && <strong>{line.level === "error" ? "Error: " : "Warning: "}</strong>}
                {line.message}
                {line.attempt > 1 && <span className={text.quiet}> (attempt {line.attempt})</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
