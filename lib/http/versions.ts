import { AppError } from "@/lib/kernel/errors";

type Fields = Record<string, unknown>;

/**
 * What a version changed in one operation, for those who still ask by an older one: how their input is read, and what
 * their answer looks like. Handlers know the newest form alone.
 */
export type Change = {
  /** From which version on the operation has its new form: one of `versions`. */
  since: string;
  operation: string;
  /** Makes of an older input a newer one. */
  input?(older: Fields): Fields;
  /** Makes of a newer answer an older one. */
  output?(newer: unknown): unknown;
};

/** The API's versions, oldest first: days from which on something has another form. docs/api.md has the policy. */
export const versions: readonly [string, ...string[]] = ["2026-11-22"];

/** What the versions changed, oldest first. A new version is a day above and its changes here. */
export const changes: readonly Change[] = [];

/** The version that answers unless another is asked for. */
export const newest: string = versions.at(-1) ?? versions[0];

/** The version that a Tenantry-Version header asks for. */
export function versionOf(header: string | null): string {
  if (header === null) return newest;
  if (versions.includes(header)) return header;
  const words = `There are: ${versions.join(", ")}.`;
  const fields = { "Tenantry-Version": words };
  throw new AppError("invalid", `The API has no version of this name. ${words}`, { fields });
}

/** An input that was sent by an older version, as handlers read it. */
export function newInput(version: string, operation: string, input: Fields, all = changes): Fields {
  return later(version, operation, all).reduce((older, change) => change.input?.(older) ?? older, input);
}

/** An answer as an older version has it. */
export function oldAnswer(version: string, operation: string, answer: unknown, all = changes): unknown {
  const undo = later(version, operation, all).reverse();
  return undo.reduce((newer, change) => (change.output ? change.output(newer) : newer), answer);
}

function later(version: string, operation: string, all: readonly Change[]): Change[] {
  // Days written as dates sort as texts.
  return all.filter((change) => change.operation === operation && change.since > version);
}
