import { setTimeout as delay } from "node:timers/promises";
import { TenantRefusal } from "./refusal";
import { createRuntime } from "./runtime";

/** What the test asks of a runtime in a process of its own: answer until it is `wanted`, then say when that was. */
export type Ask = { host: string; wanted: string; address?: string };
export type Told = { at: number; ms: number };

/** For tests: a process with a runtime, told over IPC what to watch. Its answers are a tenant's plan, or the refusal. */
const runtime = createRuntime({ app: "test process" });

process.on("message", ({ host, wanted, address = "198.51.100.1" }: Ask) => {
  const started = performance.now();
  const watch = async () => {
    for (;;) {
      const answer = await runtime.admit({ url: "/", headers: { host }, address }).then(
        ({ tenant }) => tenant.plan,
        (error: unknown) => (error instanceof TenantRefusal ? error.refusal : String(error)),
      );
      if (answer === wanted) break;
      await delay(1);
    }
    process.send?.({ at: performance.timeOrigin + performance.now(), ms: performance.now() - started });
  };
  void watch();
});
process.once("disconnect", () => void runtime.close());
process.send?.("ready");
