import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import type { Permission } from "@/lib/kernel/permissions";
import { scopeWords } from "@/lib/kernel/scope";
import type { Actor, KeyActor, UserActor } from "./context";

type Asked = Pick<Contract, "access" | "summary" | "scoped" | "stepUp">;

/**
 * Why an actor may not call an operation; undefined when it may. The one decision: pages, API, live stream and
 * command line all ask it. (Which single tenants a scope reaches is decided where a tenant is found.)
 */
export function refuse({ access, summary, scoped, stepUp }: Asked, actor: Actor): AppError | undefined {
  if (access === "public" || actor.kind === "system") return undefined;
  if (actor.kind === "nobody") return new AppError("unauthenticated", "Sign in first.");
  if (access === "session" || access === "first-factor") return refuseSession(access, actor);
  if (actor.kind === "user" && !actor.secondFactor) return enrolFirst();
  if (!actor.permissions.includes(access)) return lacks(access, summary, actor);
  if (actor.kind === "key" && stepUp === true) return forPeople(summary);
  if (scoped || actor.scope.kind === "all") return undefined;
  return new AppError(
    "forbidden",
    `Your rights reach only ${scopeWords(actor.scope)}; this concerns the whole installation: ${summary}`,
  );
}

function refuseSession(access: "session" | "first-factor", actor: UserActor | KeyActor): AppError | undefined {
  if (actor.kind === "key")
    return new AppError("forbidden", "An API key can't do this: it belongs to a person's session.");
  return access === "session" && !actor.secondFactor ? enrolFirst() : undefined;
}

function forPeople(summary: string): AppError {
  return new AppError("forbidden", `This takes a person's second factor, which an API key can't give: ${summary}`);
}

function enrolFirst(): AppError {
  return new AppError("unauthenticated", "Set up your authenticator app first.", { reason: "enrolment_required" });
}

function lacks(permission: Permission, summary: string, actor: UserActor | KeyActor): AppError {
  const whose = actor.kind === "user" ? `Your role (${actor.role})` : "This API key";
  return new AppError("forbidden", `${whose} does not include ${permission}, which this needs: ${summary}`);
}
