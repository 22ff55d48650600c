import { z } from "zod";
import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";

/** Whether answers can be cut down to some properties: lists' members, and single resources. */
export function takesFields({ method, list, state, answers }: Contract): boolean {
  return method === "GET" && !answers && (list !== undefined || state !== undefined);
}

/** The properties that `fields` asks for; undefined when it is not there. Throws `invalid` for names there are not. */
export function readFields(contract: Contract, given: readonly string[]): readonly string[] | undefined {
  if (!takesFields(contract) || given.length === 0) return undefined;
  const asked = given.flatMap((list) => list.split(","));
  const known = Object.keys(shapeOf(contract));
  if (asked.every((name) => known.includes(name))) return asked;
  const fields = { fields: `Name some of these, with commas between: ${known.join(", ")}.` };
  throw new AppError("invalid", "Some fields need another look.", { fields });
}

/** An answer with only these properties of its list's members, or of itself where it is a single resource. */
export function cutTo(fields: readonly string[] | undefined, { list }: Contract, answer: unknown): unknown {
  if (!fields || !isObject(answer)) return answer;
  if (list === undefined) return only(fields, answer);
  const members = answer[list];
  return {
    ...answer,
    [list]: Array.isArray(members) ? members.map((member) => only(fields, Object(member))) : members,
  };
}

function only(fields: readonly string[], whole: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => fields.includes(name)));
}

/** The shape of what is cut down. */
function shapeOf({ output, list }: Contract): z.core.$ZodShape {
  const whole = output instanceof z.ZodObject ? output.shape : {};
  if (list === undefined) return whole;
  const array = whole[list];
  const member = array instanceof z.ZodArray ? array.element : undefined;
  return member instanceof z.ZodObject ? member.shape : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
