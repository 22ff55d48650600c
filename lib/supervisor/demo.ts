import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { hashPassword } from "@/lib/accounts/password";
import { newTotpSecret, sealTotp } from "@/lib/accounts/totp";
import { loadDemo } from "@/lib/demo/load-demo";
import { asDemo } from "@/lib/demo/load-tenants";
import { demoViewOf } from "@/lib/demo/view";
import { perform } from "@/lib/gate/operation";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import type { Say } from "./children";
import type { Settings } from "./settings";

/** The demo's sign-in, made at random for this installation and kept beside its data. */
export type DemoSignIn = { email: string; password: string; totpSecret: string };

/**
 * Makes the demo's user, and has the demo fleet loaded as the console does it, unless it was before: what somebody
 * removed stays removed. Returns once its tenants answer and its bulk runs are there.
 */
export async function makeDemo(settings: Settings, stop: AbortSignal, say: Say): Promise<DemoSignIn> {
  const signIn = demoSignIn(settings.folder);
  await makeUser(signIn);
  const { state } = await demoViewOf(controlDb());
  if (state === "removed" || state === "removing")
    say("The demo fleet was removed. Load it again from the console, or with: tenantry demo load");
  if (state === "none") {
    try {
      const { size } = await perform(loadDemo, asDemo(controlDb(), systemClock, stop), {});
      say(`Creating ${size} demo tenants…`);
    } catch (error) {
      if (!(error instanceof AppError) || error.reason !== "demo_no_server") throw error;
      say(`${error.message} Then load the demo from the console.`);
    }
  }
  const early = ["tenants", "databases", "runs"];
  await until(stop, async () => !early.includes((await running())?.name ?? ""));
  return signIn;
}

/** Waits until the demo is loaded, and says what of it is made up: about a minute after the start. */
export async function tellPast(stop: AbortSignal, say: Say): Promise<void> {
  if (!(await running())) return;
  await until(stop, async () => (await running()) === undefined);
  const { state, problem } = await demoViewOf(controlDb());
  if (stop.aborted || state !== "loaded") return;
  say(problem ?? 'The demo is loaded. Its past is made up: the source of those figures is "generated".');
}

async function running() {
  return (await demoViewOf(controlDb())).steps.find(({ status }) => status === "running");
}

async function until(stop: AbortSignal, so: () => Promise<boolean>): Promise<void> {
  while (!stop.aborted && !(await so().catch(() => false)))
    await delay(500, undefined, { signal: stop }).catch(() => undefined);
}

function demoSignIn(folder: string): DemoSignIn {
  const file = join(folder, "demo.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as DemoSignIn;
  const made = {
    email: "demo@tenantry.local",
    password: randomBytes(9).toString("base64url"),
    totpSecret: newTotpSecret(),
  };
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return made;
}

async function makeUser({ email, password, totpSecret }: DemoSignIn): Promise<void> {
  if (await controlDb().user.findUnique({ where: { email } })) return;
  const now = systemClock();
  const id = newId(now);
  const secondFactor = { totpSecret: await sealTotp(id, totpSecret), totpConfirmedAt: now };
  const passwordHash = await hashPassword(password);
  await controlDb().user.create({
    data: { id, email, name: "Demo", role: "owner", passwordHash, ...secondFactor, createdAt: now },
  });
}
