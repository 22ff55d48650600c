import { cookies, headers } from "next/headers";
import { notFound, redirect, unstable_rethrow } from "next/navigation";
import { cache } from "react";
import type { z } from "zod";
import type { UserView } from "@/lib/accounts/contract";
import { showSession } from "@/lib/accounts/show-session";
import { refuse } from "@/lib/gate/access";
import type { Ctx } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import { systemClock } from "@/lib/kernel/clock";
import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { callerContext } from "./context";
import { unexpected } from "./problem";

/** Runs a reading operation for a server page, in the name of whoever's session it is; sends others to sign in. */
export async function readPage<C extends Contract>(
  op: Operation<C>,
  input: z.input<C["input"]>,
): Promise<z.output<C["output"]>> {
  try {
    return await ask(op, input);
  } catch (error) {
    return leave(error);
  }
}

/**
 * The same for a screen that can stand without its first figures: nothing where they can't be had as the address asks
 * for them, such as with steps too fine for the period. The screen asks again, and says what the API answers.
 */
export async function readFirst<C extends Contract>(
  op: Operation<C>,
  input: z.input<C["input"]>,
): Promise<z.output<C["output"]> | undefined> {
  try {
    return await ask(op, input);
  } catch (error) {
    return isRefusedPeriod(error) ? undefined : leave(error);
  }
}

async function ask<C extends Contract>(op: Operation<C>, input: z.input<C["input"]>): Promise<z.output<C["output"]>> {
  const ctx = await pageContext();
  // Somebody who has to sign in first is shown the way; that is no attempt to note in the audit trail.
  const refusal = refuse(op.contract, ctx.actor);
  if (refusal?.code === "unauthenticated") throw refusal;
  return await perform(op, ctx, input);
}

// An id that can't be one is an address at which there is nothing.
function isRefusedPeriod(error: unknown): boolean {
  return error instanceof AppError && error.code === "invalid" && error.fields !== undefined && !("id" in error.fields);
}

/** Who asks for this page: found out once, however many operations it reads. */
const pageContext = cache(async (): Promise<Ctx> => {
  const [head, jar] = [await headers(), await cookies()];
  return await callerContext({
    header: (name) => head.get(name),
    cookie: (name) => jar.get(name)?.value,
    signal: new AbortController().signal,
    keys: false,
  });
});

function leave(error: unknown): never {
  unstable_rethrow(error);
  if (!(error instanceof AppError)) throw opaque(error);
  if (error.reason === "enrolment_required") redirect("/enrol");
  if (error.reason === "address_refused") redirect("/refused");
  if (error.code === "unauthenticated") redirect("/sign-in");
  if (error.code === "not_found" || error.code === "invalid") notFound();
  throw error;
}

/**
 * Next writes a page's error into the log as it is, and shows its digest only: here what kind of error it is, and the
 * id under which our log has it.
 */
function opaque(error: unknown): AppError {
  const requestId = newId(systemClock());
  const told = unexpected(error, requestId);
  return Object.assign(told, { digest: `${told.code}:${requestId}` });
}

/** Who is signed in; sends others to sign in. */
export async function currentUser(): Promise<UserView> {
  return await readPage(showSession, {});
}
