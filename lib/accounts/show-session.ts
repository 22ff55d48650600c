import { operation } from "@/lib/gate/operation";
import { showSessionContract } from "./contract";
import { personOf } from "./person";

export const showSession = operation(showSessionContract, async (ctx) => {
  const person = personOf(ctx);
  return { ...person, permissions: [...person.permissions] };
});
