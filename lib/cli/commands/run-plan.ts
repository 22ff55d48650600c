import type { Operations } from "@/lib/sdk/generated";
import { type Cli, choices, defineCommand, each, flag, list, number, only, text } from "../command";
import { fieldsOf, Misused } from "../failure";
import { fieldsIn } from "../fields";
import { serverNamed, tenantNamed } from "../find";
import { afterStart, runWords } from "../wait";

type PlanId = Extract<keyof Operations, `bulk.plan.${string}`>;
type Plan = Operations["bulk.plan.activate"]["input"];

const statuses = ["active", "inactive", "suspended", "blocked", "failed", "deleted"] as const;

/** `runs plan`: what an action would do to which tenants, before anything is done. */
export const planRun = defineCommand({
  path: "runs plan <action>",
  words: "Plans an action for many tenants: exactly which, with warnings. Nothing starts until it is confirmed.",
  examples: [
    "runs plan migrate --plan free,starter --canary 5% --note Release",
    "runs plan suspend --tenant acme,birch --field reason=Unpaid",
    "runs plan vacuum --everything --confirm --yes --wait",
  ],
  options: {
    tenant: list("these tenants", "tenant"),
    search: text("tenants with this in name, slug or domain"),
    status: choices("tenants with these statuses", statuses),
    plan: list("tenants with these plans", "plan"),
    region: list("tenants in these regions", "region"),
    tag: list("tenants with any of these tags", "tag"),
    server: text("tenants on this server", "server"),
    everything: flag("all tenants within reach"),
    except: list("but not these tenants", "tenant"),
    input: text("the action's own input, as JSON", "json"),
    field: each("a field of the action's own input, as name=value", "name=value"),
    canary: text("first so many: 5, 5%, or tag:name", "part"),
    concurrency: number("how many at once on one server"),
    failureBudget: text("how many may fail before it pauses: 3 or 5%", "part"),
    note: text("what it is for"),
    confirm: flag("and confirm it at once"),
    wait: flag("and wait for its end, and fail when something failed"),
  },
  dangerous: (_, { confirm }) => (confirm ? "The run starts as soon as it is planned." : null),
  asks: "yes",
  async run(cli, { action }, { confirm, wait, ...given }) {
    const id = await planIdOf(cli, action);
    const plan = await planOf(cli, id, given);
    const planned = await cli
      .send(id, plan as Operations[PlanId]["input"])
      .catch((error: unknown) => tellFields(cli, action, error));
    if (!confirm) {
      const how = `Confirm it: tenantry runs confirm ${planned.id} --digest ${planned.digest}`;
      return cli.out.result(planned, [runWords(planned), ...planned.radius, how].join("\n"));
    }
    await afterStart(cli, await cli.send("bulk.confirm", { id: planned.id, digest: planned.digest }), wait);
  },
});

/** Throws the error on, after a word on which fields the action takes, where its own input was refused. */
async function tellFields(cli: Cli, action: string, error: unknown): Promise<never> {
  const wrong = fieldsOf(error) ?? {};
  if (!Object.keys(wrong).some((name) => /^input(\.|$)/.test(name))) throw error;
  const { actions } = await cli.send("bulk.actions", {});
  const { properties } = actions.find((one) => one.name === action)?.input ?? {};
  const names = Object.keys(properties ?? {}).join(", ");
  cli.out.note(`${action} takes: ${names || "no fields"}. Give them with --field name=value, or --input with JSON.`);
  throw error;
}

async function planIdOf(cli: Cli, action: string): Promise<PlanId> {
  const { actions } = await cli.send("bulk.actions", {});
  if (actions.some((one) => one.name === action)) return `bulk.plan.${action}` as PlanId;
  throw new Misused(`There is no action ${action}. There are: ${actions.map((one) => one.name).join(", ")}.`);
}

type Given = {
  tenant?: string[];
  except?: string[];
  everything?: boolean;
  server?: string;
  input?: string;
  field?: string[];
  canary?: string;
  failureBudget?: string;
  concurrency?: number;
  note?: string;
} & Pick<NonNullable<Plan["filter"]>, "search" | "status" | "plan" | "region" | "tag">;

async function planOf(cli: Cli, id: PlanId, given: Given): Promise<Plan> {
  const { tenant, except, everything, server, input, field, canary, failureBudget, concurrency, note, ...wanted } =
    given;
  const where = { ...wanted, ...(server !== undefined && { server: (await serverNamed(cli, server)).id }) };
  const narrowed = Object.keys(where).length > 0;
  if (Number(narrowed) + Number(tenant !== undefined) + Number(everything === true) !== 1) {
    throw new Misused("Say which tenants: --tenant, or filters such as --plan, or --everything; one of the three.");
  }
  const own = fieldsIn(cli, id, { input, field }, "json");
  const options = {
    ...(canary !== undefined && { canary: canary.startsWith("tag:") ? { tag: canary.slice(4) } : partIn(canary) }),
    ...(failureBudget !== undefined && { failureBudget: partIn(failureBudget) }),
    ...only({ concurrency }),
  };
  return {
    ...(tenant ? { tenants: await idsOf(cli, tenant) } : { filter: where }),
    ...(except && { except: await idsOf(cli, except) }),
    ...(Object.keys(own).length > 0 && { input: own }),
    ...(Object.keys(options).length > 0 && { options }),
    ...only({ note }),
  };
}

async function idsOf(cli: Cli, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push((await tenantNamed(cli, name)).id);
  return ids;
}

function partIn(text: string): { count: number } | { percent: number } {
  const [, amount, percent] = /^(\d+)(%?)$/.exec(text) ?? [];
  if (amount === undefined) throw new Misused(`"${text}" is no part: write a number, or such as 5%.`);
  return percent ? { percent: Number(amount) } : { count: Number(amount) };
}
