import { runWorker } from "./worker";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "disconnect"] as const) process.on(signal, () => stop.abort());

await runWorker(stop.signal, () => process.send?.({ type: "ready" }));
process.exit(0);
