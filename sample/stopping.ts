/** Aborts when this process is asked to stop: by a signal, or because the parent that started it has gone. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once("SIGTERM", abort);
  process.once("SIGINT", abort);
  process.once("disconnect", abort);
  return stop.signal;
}
