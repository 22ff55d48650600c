import type { StressOptions, StressReport } from "@/lib/load/stress";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, defineCommand, list, number } from "../command";
import { Failed, Misused } from "../failure";
import { tenantNamed } from "../find";
import { stressWords } from "../stress-words";

/** What is asked when nothing else is told: reads that the console's first pages make. */
const usual = ["tenants.list", "metrics.overview", "activities.list"];

const limits = { clients: 1000, seconds: 3600, ramp: 600, rate: 100_000 };

const stressTest = defineCommand({
  path: "stress-test",
  words:
    "Puts real load on tenants' databases through the runtime (on the host) or on the API (--url), and tells what was measured.",
  examples: [
    "stress-test --seconds 20 --clients 8 --tenants acme,globex",
    "stress-test --url https://console.example.com --operations tenants.list --rate 50",
  ],
  options: {
    clients: number("how many may be under way at once; 8 unless told", "count"),
    seconds: number("how long the load is held; 10 unless told", "seconds"),
    ramp: number("how long it climbs before, to find what is answered; 5 unless told", "seconds"),
    rate: number("requests a second to hold; 70 % of what the climb reached unless told", "count"),
    tenants: list("on the host: whose databases are asked; the first twenty active ones unless told", "tenant"),
    operations: list(`over the API: which reads are asked in turn; ${usual.join(", ")} unless told`, "operation"),
  },
  dangerous: (_, { clients = 8, seconds = 10, rate = 0 }) =>
    clients > 32 || seconds > 60 || rate > 500
      ? "So much load slows down everybody who uses this installation meanwhile."
      : null,
  async run(cli, _, { clients = 8, seconds = 10, ramp = 5, rate, tenants, operations }) {
    within({ clients, seconds, ramp, rate });
    if (cli.api && tenants) throw new Misused("--tenants is for the host: over the API, load goes to --operations.");
    if (!cli.api && operations) throw new Misused("--operations is for the API: give --url, or name --tenants.");
    const target = await (cli.api
      ? toApi(cli, cli.api, operations ?? usual, clients)
      : toTenants(cli, tenants, clients));
    const rates = rate === undefined ? "70 % of what it reaches" : `${rate} requests a second`;
    const { stress } = await import("@/lib/load/stress");
    const { machineTime } = await import("@/lib/load/machine-time");
    try {
      await cli.before(
        `Would climb to ${clients} clients in ${ramp} s, then hold ${rates} for ${seconds} s: ${target.what}`,
      );
      cli.endsItself("Ending; the report so far follows.");
      const progress = cli.out.progress("Climbing");
      const options: StressOptions = {
        ...{ clients, seconds, rampSeconds: ramp, rate, time: machineTime, signal: cli.signal },
        ...{ where: cli.api ? ("elsewhere" as const) : ("here" as const), told: (line) => progress.at(0, line) },
      };
      const report = await stress(target.request, options).finally(() => progress.end());
      answer(cli, target.what, { clients, seconds, rampSeconds: ramp }, report);
    } finally {
      await target.close();
    }
  },
});

function answer(cli: Cli, what: string, asked: object, report: StressReport): void {
  cli.out.result({ what, asked, ...report }, () => stressWords(what, report));
  if (report.held === null && !report.ended)
    throw new Failed("Nothing was answered, so that there was no load to hold.");
}

function within(given: Record<keyof typeof limits, number | undefined>): void {
  for (const [name, most] of Object.entries(limits)) {
    const value = given[name as keyof typeof limits];
    const whole = name !== "clients" || Number.isInteger(value);
    if (value === undefined || (value > 0 && value <= most && whole)) continue;
    throw new Misused(`--${name} is more than 0 and at most ${most}.`);
  }
}

type Target = { what: string; request: Parameters<typeof import("@/lib/load/stress").stress>[0]; close: () => unknown };

async function toApi(cli: Cli, api: NonNullable<Cli["api"]>, ids: string[], clients: number): Promise<Target> {
  const { routes } = await import("@/lib/sdk/generated");
  const { apiTarget } = await import("@/lib/load/api-target");
  const paths = ids.map((id) => {
    const route = Object.hasOwn(routes, id) ? routes[id as keyof Operations] : undefined;
    if (route?.method !== "GET" || route.path.includes("{")) {
      throw new Misused(`${id} can't be asked like that: name reads without parameters, such as ${usual.join(", ")}.`);
    }
    return route.path;
  });
  // Refused rights or a wrong address are told before any load, in the API's own words.
  for (const id of ids) await cli.send(id as "tenants.list", {});
  return { what: `GET ${paths.join(", ")} of ${api.url}`, ...apiTarget(api.url, api.key, paths, clients) };
}

async function toTenants(cli: Cli, names: string[] | undefined, clients: number): Promise<Target> {
  await cli.host();
  const tenants = names
    ? await Promise.all(names.map((name) => tenantNamed(cli, name)))
    : (await cli.send("tenants.list", { status: ["active"], pageSize: 20 })).tenants;
  if (tenants.length === 0)
    throw new Failed("There is no active tenant to ask. Make some: tenantry create-test-tenants");
  const idle = tenants.find(({ status }) => status !== "active");
  if (idle) throw new Misused(`${idle.slug} is ${idle.status}: only active tenants are asked.`);
  const { tenantQuestion, tenantsTarget } = await import("@/lib/load/tenants-target");
  const slugs = tenants.map(({ slug }) => slug).join(", ");
  return {
    what: `${tenantQuestion} — through the runtime, in turn to ${slugs}`,
    ...tenantsTarget(tenants, "stress-test", clients),
  };
}

/** `stress-test`: load, and an honest report of it. */
export const stressTestCommands: readonly AnyCommand[] = [stressTest];
