import type { Measured } from "@/lib/load/sample";
import { type AnyCommand, type Cli, defineCommand, number } from "../command";
import { Failed, Misused } from "../failure";

const testPerformance = defineCommand({
  path: "test-performance",
  words: "Measures calls of the API, the control database, and on the host the runtime and tenants' databases.",
  examples: [
    "test-performance",
    "test-performance --samples 1000 --json",
    "test-performance --url https://console.example.com",
  ],
  options: { samples: number("how often each is measured, one after the other; 200 unless told", "count") },
  async run(cli, _, { samples = 200 }) {
    if (!Number.isInteger(samples) || samples < 10 || samples > 10_000) throw new Misused("--samples is 10 to 10000.");
    const { total } = await cli.send("tenants.list", { pageSize: 1 });
    if (cli.options.dryRun)
      await cli.before(`Would measure each ${samples} times, with ${total} tenants in the registry.`);
    const where = cli.api ? `over HTTP to ${cli.api.url}` : "in this process, without HTTP";
    const { watchMachine } = await import("@/lib/load/machine-figures");
    const watching = watchMachine();
    const measured = [...(await calls(cli, samples, where)), ...(cli.api ? [] : await onHost(cli, samples))];
    const machine = watching.stop();
    const rows = measured.map(({ name, ms, failed }) => [name, ms.count, ms.p50, ms.p95, ms.p99, ms.max, failed]);
    const right = (title: string) => ({ title, align: "right" as const });
    const columns = ["What", ...["Samples", "p50 ms", "p95 ms", "p99 ms", "most ms", "Failed"].map(right)];
    await cli.out.table({ tenants: total, samples, where, machine, measured }, columns, rows, "Nothing was measured.");
    if (!cli.options.json) for (const line of notes(measured, total)) cli.out.note(line);
    if (measured.every(({ ms }) => ms.count === 0)) throw new Failed("Nothing could be measured.");
  },
});

function notes(measured: Measured[], tenants: number): string[] {
  return [
    ...measured.map(({ name, how, error }) => `${name}: ${how}${error === null ? "" : ` Failed: ${error}`}`),
    `With ${tenants} tenants in the registry. Percentiles are at most 1 % too high; the first 5 of each are not counted.`,
  ];
}

type Measure = { name: string; how: string; work: () => Promise<unknown> };

async function measureAll(cli: Cli, samples: number, all: Measure[]): Promise<Measured[]> {
  const { sample } = await import("@/lib/load/sample");
  const progress = cli.out.progress("Measuring", all.length);
  const measured: Measured[] = [];
  for (const [number, { work, ...what }] of all.entries()) {
    progress.at(number, what.name);
    measured.push(await sample(work, { ...what, samples, warmUp: 5, signal: cli.signal }));
  }
  progress.end();
  return measured;
}

/** Calls of the API as a program makes them: permission, validation, the question, the checked answer. */
async function calls(cli: Cli, samples: number, where: string): Promise<Measured[]> {
  const { tenants } = await cli.send("tenants.list", { pageSize: 1 });
  const [tenant] = tenants;
  const how = `the whole operation, ${where}, one after the other.`;
  return await measureAll(cli, samples, [
    { name: "tenants.list", how: `20 tenants; ${how}`, work: () => cli.send("tenants.list", { pageSize: 20 }) },
    ...(tenant ? [{ name: "tenants.show", how, work: () => cli.send("tenants.show", { id: tenant.id }) }] : []),
    { name: "metrics.overview", how, work: () => cli.send("metrics.overview", {}) },
    { name: "activities.list", how, work: () => cli.send("activities.list", {}) },
  ]);
}

async function onHost(cli: Cli, samples: number): Promise<Measured[]> {
  await cli.host();
  const { runtimeMeasures } = await import("@/lib/load/runtime-measures");
  const { tenants } = await cli.send("tenants.list", { status: ["active"], pageSize: 20 });
  const { measures, close } = await runtimeMeasures(tenants);
  try {
    return await measureAll(cli, samples, measures);
  } finally {
    await close();
  }
}

/** `test-performance`: how fast this installation is now. */
export const testPerformanceCommands: readonly AnyCommand[] = [testPerformance];
