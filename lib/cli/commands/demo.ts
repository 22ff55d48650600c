import { setTimeout as sleep } from "node:timers/promises";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, defineCommand, flag } from "../command";
import { Failed } from "../failure";
import { counted } from "../output";

type Demo = Operations["demo.show"]["output"];

const show = defineCommand({
  path: "demo show",
  words: "Shows how the demo fleet stands, and which tenants are its own.",
  examples: ["demo show", "demo show --json"],
  async run(cli) {
    const demo = await cli.send("demo.show", {});
    const rows = demo.tenants.map(({ slug, name, status }) => [slug, name, status]);
    await cli.out.table(demo, ["Slug", "Name", "Status"], rows, "No tenant of the demo is there.");
    cli.out.note(stateWords(demo));
    if (demo.leftOut.length > 0)
      cli.out.note(`Left out, since your own tenants have these slugs: ${demo.leftOut.join(", ")}.`);
    if (demo.hindrance) cli.out.note(demo.hindrance);
    if (demo.problem) cli.out.note(demo.problem);
  },
});

const load = defineCommand({
  path: "demo load",
  words: "Loads the demo fleet: twelve tenants with traffic, bulk runs and a made-up past.",
  examples: ["demo load", "demo load --wait"],
  options: { wait: flag("waits until its tenants answer") },
  async run(cli, _, { wait }) {
    let demo = await cli.send("demo.load", {});
    if (wait) demo = await followed(cli, demo, ["tenants", "databases", "runs"]);
    cli.out.result(demo, `${stateWords(demo)} How it stands: tenantry demo show`);
  },
});

const remove = defineCommand({
  path: "demo remove",
  words: "Removes the demo fleet: its own tenants with everything of them, and nothing else. No way back.",
  examples: ["demo remove", "demo remove --yes --wait"],
  dangerous: "The demo's own tenants are dropped with all that is in them. There is no way back.",
  asks: "yes",
  options: { wait: flag("waits until all of it is gone") },
  async run(cli, _, { wait }) {
    const now = await cli.send("demo.show", {});
    cli.warns(
      `${counted(now.tenants.length, "tenant")} of the demo and their databases are dropped. There is no way back.`,
    );
    let demo = await cli.send("demo.remove", {});
    if (wait) demo = await followed(cli, demo, ["runs", "databases", "traces"]);
    cli.out.result(demo, `${stateWords(demo)} How it stands: tenantry demo show`);
  },
});

/** Follows the demo while one of these steps is being done. */
async function followed(cli: Cli, begun: Demo, steps: readonly string[]): Promise<Demo> {
  cli.meanwhile("It goes on. Look at it: tenantry demo show");
  const progress = cli.out.progress("Waiting for the worker");
  try {
    for (let demo = begun; ; demo = await cli.send("demo.show", {})) {
      const at = demo.steps.findIndex(({ status }) => status === "running");
      const step = demo.steps[at];
      if (!step || !steps.includes(step.name)) return demo;
      progress.at(at, step.words, demo.steps.length);
      if (demo.problem) throw new Failed(demo.problem);
      await sleep(1000, undefined, { signal: cli.signal });
    }
  } finally {
    progress.end();
  }
}

function stateWords({ state, tenants, size, steps }: Demo): string {
  const now = steps.find(({ status }) => status === "running")?.words;
  if (state === "none") return "The demo fleet is not loaded.";
  if (state === "removed") return "The demo fleet was removed.";
  if (state === "loaded") return `The demo fleet is loaded: ${tenants.length} of ${size} tenants.`;
  return `The demo fleet is being ${state === "loading" ? "loaded" : "removed"}${now ? `: ${now.toLowerCase()}` : ""}.`;
}

/** `demo`: the demo fleet, loaded and removed. */
export const demoCommands: readonly AnyCommand[] = [show, load, remove];
