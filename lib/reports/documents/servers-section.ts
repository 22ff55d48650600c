import type { Capacity } from "@/lib/forecast/contract";
import { metrics } from "@/lib/kernel/metrics";
import type { Cell, Section } from "../pdf/document";
import { count, counted, mebibytes, percent, shownValue, unknown } from "../pdf/figures";

type Server = Capacity["servers"][number];
type Outlook = Server["outlooks"][number];

/** How full each server is, and when it will be full. */
export function serversSection(capacity: Capacity | undefined): Section[] {
  if (!capacity) return [];
  const titles = ["Storage", "Connections, highest", "CPU, mean and highest", "Memory, mean"];
  return [
    {
      title: "Servers and how full they are",
      blocks: [
        {
          kind: "table",
          columns: [
            { title: "Server", align: "start", width: 1 },
            ...titles.map((title) => ({ title, align: "end" as const, width: "auto" as const })),
            { title: "Outlook", align: "start", width: 1.5 },
          ],
          rows: capacity.servers.map(rowOf),
          empty: "There are no servers.",
          note: "CPU in percent of one core. Of CPU and memory, what tenants' databases were measured to use.",
        },
      ],
    },
  ];
}

function rowOf({ server, tenants, disk, connections, cpu, memory, outlooks }: Server): Cell[] {
  const size = disk.totalMiB === null ? "size not known" : `of ${mebibytes(disk.totalMiB)}, ${percent(part(disk))}`;
  return [
    { text: server.name, small: `${server.region} · ${counted(tenants, "tenant")}` },
    { text: mebibytes(disk.usedMiB), small: size },
    { text: connections.peak === null ? unknown : count(connections.peak), small: limitOf(connections.limit) },
    {
      text: `${shownValue("cpu", cpu.avg)}, ${shownValue("cpu", cpu.peak)}`,
      small: cpu.cores === null ? "cores not known" : `of ${counted(cpu.cores, "core")}`,
    },
    { text: mebibytes(memory.avg), small: memory.totalMiB === null ? "" : `of ${mebibytes(memory.totalMiB)}` },
    outlooks.map(outlookOf).join(" "),
  ];
}

const part = ({ usedMiB, totalMiB }: Server["disk"]) => (usedMiB === null || !totalMiB ? null : usedMiB / totalMiB);

const limitOf = (limit: number | null) => (limit === null ? "limit not known" : `of ${count(limit)}`);

/** When which limit is reached. */
export function outlookOf(outlook: Outlook): string {
  return `${metrics[outlook.metric].label}: ${outlookWords(outlook)}`;
}

/** When a limit is reached, in a sentence. */
export function outlookWords({ refused, reaching }: Pick<Outlook, "refused" | "reaching">): string {
  if (refused) return refused.words;
  if (!reaching) return "No limit is known.";
  if (reaching.reached) return "The limit is reached.";
  if (reaching.days === null) return "The limit is not reached within half a year.";
  const soonest = reaching.soonest === null ? "" : `${days(reaching.soonest)} at the soonest`;
  const latest = reaching.latest === null ? "" : `${days(reaching.latest)} at the latest`;
  const edges = [soonest, latest].filter((text) => text !== "").join(", ");
  return `The limit is reached in about ${days(reaching.days)}${edges ? ` (${edges})` : ""}.`;
}

const days = (value: number) => counted(Math.round(value), "day");
