import type { z } from "zod";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { Contract } from "@/lib/kernel/contract";
import { type Ctx, scopeOf } from "./context";
import { type Keeping, kept } from "./kept-answers";
import { checkedBy, jsonOf, lasting } from "./lasting";
import { readMany } from "./many";
import { type Operation, operation } from "./operation";

/**
 * Declares an operation over many tenants, whose answers are kept for some seconds: by question and by whose reach it has,
 * so nobody is given what somebody with another reach was answered. What `run` finds may follow from nothing else.
 */
export function fleetOperation<C extends Contract>(
  contract: C,
  run: (ctx: Ctx, input: z.output<C["input"]>) => Promise<z.input<C["output"]> & object>,
): Operation<C> {
  return operation(contract, (ctx, input) =>
    keptFor(contract, ctx, input, () => readMany(ctx, (own) => run(own, input))),
  );
}

/** The answer that is kept of a question, or the one that `make` gives; it is checked and written down once. */
export function keptFor<T extends object>(
  { id, output }: Pick<Contract, "id" | "output">,
  ctx: Ctx,
  input: unknown,
  make: () => Promise<T>,
  keeping?: Keeping,
): Promise<T> {
  // About the bytes of an answer in memory, beside those of its JSON.
  const sizeOf = (answer: T) => 3 * jsonOf(checkedBy(output, answer)).length;
  return kept(fleetKey(id, ctx, input), ctx.now, async () => lasting(await make()), sizeOf, keeping);
}

/** Under what an answer is kept. */
export function fleetKey(question: string, { actor }: Pick<Ctx, "actor">, input: unknown): string {
  return canonicalJson({ question, input: JSON.parse(JSON.stringify(input)), scope: scopeOf(actor) });
}
