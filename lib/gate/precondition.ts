import type { z } from "zod";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { sha256 } from "@/lib/platform/crypto";
import type { Condition, Ctx } from "./context";

/**
 * Refuses with `changed` when the request carries If-Match and the resource is in another state. A verb calls it right
 * after it has read and locked the row, with the contract that has the `state` and a way to the resource as that contract
 * shows it, which is read only when it is needed.
 */
export async function requireMatch<C extends Contract>(
  { condition }: Pick<Ctx, "condition">,
  contract: C,
  read: () => z.input<C["output"]> | Promise<z.input<C["output"]>>,
): Promise<void> {
  if (!condition) return;
  condition.checked = true;
  if (condition.states === "any") return;
  const resource = contract.output.parse(await read());
  if (condition.states.includes(stateTag(contract, resource) ?? "")) return;
  const why =
    condition.states.length === 0 ? onlyWeak : "It was changed since you read it: If-Match names another state.";
  throw new AppError("changed", `${why} Nothing was done. Read it again, then make your change.`);
}

const onlyWeak =
  "If-Match names weak tags (W/…) alone, which match nothing; a proxy makes such of ours: send them without W/.";

/** The tag of a resource's state: the part of its ETag before the dot. Undefined where the contract has no state. */
export function stateTag(contract: Contract, resource: unknown): string | undefined {
  return contract.state && tagOf(canonicalJson(contract.state(resource)));
}

/** A short tag of a text or bytes: 96 bits of their SHA-256. */
export function tagOf(content: string | Uint8Array): string {
  return sha256(content).slice(0, 24);
}

/** The condition of an If-Match header. Throws `invalid` for one that is not made as RFC 9110 says. */
export function conditionOf(header: string): Condition {
  const tags = entityTags(header);
  if (!tags)
    throw new AppError("invalid", `If-Match is * or ETags in quotes with commas between, such as "3f2a.91cc".`);
  if (tags === "any") return { states: "any", checked: false };
  // RFC 9110 compares strongly here: a weak tag names no state for sure, and so never matches.
  const strong = tags.filter(({ weak }) => !weak);
  return { states: strong.map(({ tag }) => tag.split(".", 1)[0] ?? ""), checked: false };
}

type EntityTag = { weak: boolean; tag: string };

const oneTag = /^[ \t]*(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?:,|$)/;

/** The tags of an If-Match or If-None-Match header, "any" for `*`, undefined when it is malformed. */
export function entityTags(header: string): "any" | EntityTag[] | undefined {
  if (header.trim() === "*") return "any";
  const tags: EntityTag[] = [];
  let rest = header;
  while (rest.trim() !== "") {
    const found = oneTag.exec(rest);
    // A list may have empty members: "a",,"b".
    const step = found ?? /^[ \t]*,/.exec(rest);
    if (!step) return undefined;
    if (found) tags.push({ weak: found[1] !== undefined, tag: found[2] ?? "" });
    rest = rest.slice(step[0].length);
  }
  return tags.length > 0 ? tags : undefined;
}
