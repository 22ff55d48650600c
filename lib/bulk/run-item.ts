import { setTimeout as delay } from "node:timers/promises";
import { systemContext } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { inScope } from "@/lib/kernel/scope";
import { log } from "@/lib/platform/log";
import type { ServerAccess } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { faultWords, isTransient } from "@/lib/platform/transient";
import { reserveSlot } from "@/lib/servers/slots";
import { lockTenant } from "@/lib/tenants/find";
import type { Action, ItemWork, Json, RegistryAction, ServerAction } from "./action";
import { type End, finishItem } from "./finish-items";
import { bounded, cut, itemLog, keepLine, lineOf } from "./item-lines";
import { rememberItem } from "./remember";
import type { GivenUp, Held, Work } from "./running";

export type Target = { tenant: ItemWork["tenant"]; server: ServerAccess };

/** How an item came out: with an end to be stored, with one that is stored already, or no longer ours to tell. */
export type Ended = { end: End } | "stored" | "lost";

/** How long something that was given up may take to notice. */
const graceMs = 2000;

/** Does one item and tells how it came out; never throws. */
export async function runItem(work: Work, held: Held, target: () => Promise<Target | undefined>): Promise<Ended> {
  const { run } = work;
  const timer = setTimeout(() => held.abort.abort("timeout" satisfies GivenUp), run.options.timeoutSeconds * 1000);
  try {
    const found = await target().catch(unread);
    if (!found || isGoing(run.action, found.tenant)) return skipped(held);
    if (!inScope(run.scope, found.tenant)) throw outOfReach();
    const attempt = run.action.where === "registry" ? inRegistry(work, held) : onServer(work, held, found);
    return await Promise.race([attempt, abandoned(held.abort.signal)]);
  } catch (error) {
    return await failed(work, held, error);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects a while after the signal is aborted: by then what listens to it has come to its end. */
async function abandoned(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  await delay(graceMs, undefined, { ref: false });
  throw new Error("It did not stop when it was told to.");
}

/** The control database was away before the item could begin. */
class Unread extends Error {}

function unread(cause: unknown): never {
  if (!isTransient(cause)) throw cause;
  throw new Unread("The control database was away; it is begun again.", { cause });
}

/** Whether there is nothing left to do an action to: the tenant is gone, or its database is being dropped. */
function isGoing(action: Action, { status, deletedAt }: Pick<ItemWork["tenant"], "status" | "deletedAt">): boolean {
  if (action.where === "server" && action.gone === true) return false;
  return deletedAt !== null || status === "deleting";
}

/** The same, asked again of an item that failed: it may have failed for that. */
async function wentMeanwhile({ run }: Work, { item }: Held): Promise<boolean> {
  const tenant = await controlDb()
    .tenant.findUnique({ where: { id: item.tenantId }, select: { status: true, deletedAt: true } })
    .catch(() => null);
  return tenant !== null && isGoing(run.action, tenant);
}

/** A run changes no more than its planner reached, by what the tenant is now. */
function outOfReach(): AppError {
  return new AppError("not_found", "There is no such tenant within reach of who planned the run.");
}

function skipped({ item }: Held): Ended {
  const words = "The tenant was deleted meanwhile.";
  return { end: { position: item.position, lease: item.lease, status: "skipped", words } };
}

/** One transaction holds the tenant's row, does the action and ends the item: all of it, or nothing. */
async function inRegistry(work: Work, { item, abort }: Held): Promise<Ended> {
  const { run, clock } = work;
  const action = run.action as RegistryAction;
  const timeout = run.options.timeoutSeconds * 1000;
  return await reserveSlot(abort.signal, () =>
    controlDb().$transaction(
      async (db): Promise<Ended> => {
        const by = `${run.by} (bulk run)`;
        const system = systemContext(by, db, clock, newId(clock()), abort.signal, run.scope);
        const ctx = { ...system, bulkRun: run.id };
        const tenant = await lockTenant(ctx, item.tenantId);
        const outcome = bounded(
          run.undoes
            ? await undoing(action).run(ctx, tenant, item.saved as Json)
            : await action.run(ctx, tenant, run.input),
        );
        abort.signal.throwIfAborted();
        const { position, lease } = item;
        const told = { runId: run.id, by: run.by, now: clock(), tell: true };
        const end = { position, lease, ...outcome };
        if (!(await finishItem(db, end, lineOf(work, item, "info", outcome.words), told))) throw new LeaseLost();
        return "stored";
      },
      { maxWait: 5000, timeout },
    ),
  );
}

async function onServer(work: Work, held: Held, target: Target): Promise<Ended> {
  const { run, clock } = work;
  const { item, abort } = held;
  const action = run.action as ServerAction;
  const task: ItemWork = {
    run: { id: run.id, position: item.position },
    ...target,
    attempt: item.attempt,
    signal: abort.signal,
    timeoutMs: run.options.timeoutSeconds * 1000,
    now: clock,
    by: run.by,
    remembered: run.undoes ? null : item.saved,
    remember: (value) => rememberItem({ runId: run.id, ...item }, value),
    log: itemLog(work, held),
    tellSchema: (found) => {
      held.schema = found;
    },
  };
  const outcome = bounded(
    run.undoes ? await undoing(action).run(task, item.saved as Json) : await action.run(task, run.input),
  );
  if (abort.signal.reason === "lost") return "lost";
  keepLine(work, held, "info", outcome.words);
  const activity = outcome.status === "done" ? { activity: action.activity } : {};
  return { end: { ...endOf(held), ...outcome, ...activity } };
}

/** What every end of an item holds. */
function endOf({ item: { position, lease }, schema }: Held): Pick<End, "position" | "lease" | "schema"> {
  return { position, lease, ...(schema && { schema }) };
}

function undoing<A extends RegistryAction | ServerAction>({ undo, name }: A): NonNullable<A["undo"]> {
  if (!undo) throw new Error(`The action ${name} has no undo.`);
  return undo;
}

/** The item was taken back meanwhile: this transaction must not count. */
class LeaseLost extends Error {}

async function failed(work: Work, held: Held, error: unknown): Promise<Ended> {
  const { item, abort } = held;
  const { run } = work;
  const why = abort.signal.reason as GivenUp | undefined;
  if (why === "lost" || error instanceof LeaseLost) return "lost";
  const base = endOf(held);
  if (why === "stopping") {
    const words = "The worker stopped while this ran; it is begun again.";
    keepLine(work, held, "warning", words);
    return { end: { ...base, status: "pending", words, uncounted: true } };
  }
  if (why === undefined && error instanceof Unread) {
    keepLine(work, held, "warning", error.message);
    return { end: { ...base, status: "pending", words: error.message, uncounted: true, waitMs: work.backoffMs(1) } };
  }
  const words = wordsOf(work, item.position, why, error);
  if (await wentMeanwhile(work, held)) {
    keepLine(work, held, "warning", words);
    return skipped(held);
  }
  if (why === undefined && isTransient(error) && item.attempt < run.options.attempts) {
    const waitMs = work.backoffMs(item.attempt);
    keepLine(work, held, "warning", `${sentence(words)} Tried again in ${Math.ceil(waitMs / 1000)} s.`);
    return { end: { ...base, status: "pending", words, waitMs } };
  }
  keepLine(work, held, "error", words);
  return { end: { ...base, status: "failed", words, activity: "action_failed" } };
}

const sentence = (words: string): string => (/[.!?…]$/.test(words) ? words : `${words}.`);

function wordsOf({ run }: Work, position: number, why: GivenUp | undefined, error: unknown): string {
  if (why === "timeout") return `It was not done within ${run.options.timeoutSeconds} s and was given up.`;
  const words = faultWords(error);
  if (words) return cut(words);
  log().error({ run: run.id, position, error }, "an item of a bulk run failed");
  return "Something went wrong here; the worker's log tells what.";
}
