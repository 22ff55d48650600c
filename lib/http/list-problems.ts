import { operation } from "@/lib/gate/operation";
import { type ErrorCode, problems } from "@/lib/kernel/errors";
import { problemWords, reasonWords } from "@/lib/kernel/problem-words";
import { listProblemsContract } from "./contract";

export const listProblems = operation(listProblemsContract, async () => ({
  problems: (Object.keys(problems) as ErrorCode[]).map(kindOf),
  reasons: Object.entries(reasonWords).map(([reason, means]) => ({ reason, means })),
}));

/** A kind of problem, by its code. */
export function kindOf(code: ErrorCode) {
  return { code, ...problems[code], ...problemWords[code] };
}
