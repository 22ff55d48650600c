import { createServer } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { systemContext } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import { systemClock } from "@/lib/kernel/clock";
import type { Download } from "@/lib/kernel/download";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { findTableDownload } from "@/lib/reports/download-table";
import { round } from "./measuring";

/** Sends the table of usage over HTTP, as fast as it is read, and tells how its memory and event loop fared. */
const usage = findTableDownload("usage") as Operation;
const loop = monitorEventLoopDelay({ resolution: 5 });
let before = 0;
let most = 0;

const server = createServer((request, response) => {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const { searchParams } = new URL(request.url ?? "/", "http://localhost");
  const columns = searchParams.getAll("columns");
  const input = { ...Object.fromEntries(searchParams), columns };
  const ctx = systemContext("bench", controlDb(), systemClock, newId(systemClock()), gone.signal);
  perform(usage, ctx, input)
    .then((file) => pipeline(Readable.from((file as Download).chunks, { highWaterMark: 1 }), response))
    .catch((error: unknown) => response.destroy(error as Error));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") process.send?.({ what: "listening", value: address.port });
});
process.on("message", (message) => {
  if (message === "watch") {
    before = process.memoryUsage().rss;
    loop.enable();
    setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
  }
  if (message === "tell") {
    const value = { rssGrowthMb: round((most - before) / 2 ** 20), loopMs: round(loop.max / 1e6) };
    process.send?.({ what: "watched", value });
  }
});
