import type { Condition } from "@/lib/gate/context";
import { conditionOf, entityTags, stateTag, tagOf } from "@/lib/gate/precondition";
import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";

/**
 * The condition that a request's If-Match makes. Throws where a condition is sent that nobody would look at: who names
 * one wants nothing to be done without it.
 */
export function readCondition(contract: Contract, headers: Headers): Condition | undefined {
  const none = headers.get("if-none-match");
  if (none !== null && contract.method !== "GET") throw new AppError("invalid", unread("If-None-Match"));
  const match = headers.get("if-match");
  if (match === null) return undefined;
  if (!contract.guarded) throw new AppError("invalid", unread("If-Match"));
  return conditionOf(match);
}

const unread = (name: string): string =>
  `Nothing was done: this operation does not look at ${name}. The OpenAPI document names those that do.`;

/** A resource's ETag: the tag of its state, by which changes go, and that of the answer as it is sent. */
export function etagOf(contract: Contract, resource: unknown, body: string | Uint8Array): string | undefined {
  const state = stateTag(contract, resource);
  return state && `"${state}.${tagOf(body)}"`;
}

/** Whether the caller has this very answer: by If-None-Match, which RFC 9110 compares weakly. */
export function isKnown(etag: string, headers: Headers): boolean {
  const header = headers.get("if-none-match");
  if (header === null) return false;
  const tags = entityTags(header);
  if (!tags) throw new AppError("invalid", `If-None-Match is * or ETags in quotes with commas between: "3f2a.91cc".`);
  return tags === "any" || tags.some(({ tag }) => `"${tag}"` === etag);
}
