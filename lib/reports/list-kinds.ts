import { z } from "zod";
import { operation } from "@/lib/gate/operation";
import { listKindsContract } from "./contract";
import type { AnyKind } from "./kind";
import { kinds } from "./kinds";
import { refuseKind } from "./parse-input";
import type { KindView } from "./shapes";

/** What the actor can have as a file. */
export const listKinds = operation(listKindsContract, async ({ actor }) => ({
  kinds: kinds.filter((kind) => refuseKind(kind, actor) === undefined).map(kindView),
}));

/** Whether a kind is about a period, which a schedule then moves along. */
export function hasPeriod({ input }: Pick<AnyKind, "input">): boolean {
  return "from" in input.shape && "to" in input.shape;
}

function kindView(kind: AnyKind): KindView {
  const { name, format, words, columns = [] } = kind;
  const input = z.toJSONSchema(kind.input, { io: "input", unrepresentable: "any" }) as Record<string, unknown>;
  return { name, format, words, columns: [...columns], period: hasPeriod(kind), input };
}
