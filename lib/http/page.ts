import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { z } from "zod";
import type { UserView } from "@/lib/accounts/contract";
import { showSession } from "@/lib/accounts/show-session";
import { type Operation, perform } from "@/lib/gate/operation";
import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { callerContext } from "./context";

/** Runs a reading operation for a server page, in the name of whoever's session it is; sends others to sign in. */
export async function readPage<C extends Contract>(
  op: Operation<C>,
  input: z.input<C["input"]>,
): Promise<z.output<C["output"]>> {
  const [head, jar] = [await headers(), await cookies()];
  const ctx = await callerContext({
    header: (name) => head.get(name),
    cookie: (name) => jar.get(name)?.value,
    signal: new AbortController().signal,
  });
  try {
    return await perform(op, ctx, input);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.reason === "enrolment_required") redirect("/enrol");
    if (error.code === "unauthenticated") redirect("/sign-in");
    if (error.code === "not_found" || error.code === "invalid") notFound();
    throw error;
  }
}

/** Who is signed in; sends others to sign in. */
export async function currentUser(): Promise<UserView> {
  return await readPage(showSession, {});
}
