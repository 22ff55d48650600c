import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { inSlot } from "@/lib/servers/slots";
import { type Finding, type Mended, mendContract } from "./contract";
import { diagnose } from "./diagnosis";
import { isMendable, mends } from "./mends";
import { type RuleName, ruleNames, rules } from "./rules";

/** Milliseconds after which no further mending begins: the operation's own transaction waits meanwhile. */
const longestMs = 15_000;

type Result = Mended["results"][number];

export const mendFindings = operation(mendContract, async (ctx, input) => {
  const until = performance.now() + longestMs;
  const wanted = [...new Set(input.findings)].map((id) => ({ id, rule: ruleOf(id) }));
  // Not in this operation's transaction: each mending has its own, and its audit tells of all.
  const { findings } = await inSlot(() => diagnose(controlDb(), ctx.now()));
  const standing = new Map(findings.map((one) => [one.id, one]));
  const results: Result[] = [];
  for (const one of wanted) results.push(await inSlot(() => mendOne(ctx, one, standing.get(one.id), until)));
  ctx.note.after = { results };
  return { results, mended: results.filter(({ outcome }) => outcome === "mended").length };
});

type Wanted = { id: string; rule: RuleName };

function ruleOf(id: string): RuleName {
  const rule = ruleNames.find((name) => id.startsWith(`${name}:`));
  if (rule) return rule;
  const message = `${id.slice(0, 80)} is no finding's id.`;
  throw new AppError("invalid", message, { fields: { findings: message } });
}

async function mendOne(ctx: Ctx, { id, rule }: Wanted, finding: Finding | undefined, until: number): Promise<Result> {
  if (!isMendable(rule)) return { id, outcome: "refused", words: refusal(rule) };
  if (!finding) return { id, outcome: "gone", words: "It does not stand any more." };
  if (performance.now() > until || ctx.signal.aborted)
    return { id, outcome: "left", words: "There was no time for it. Ask again." };
  try {
    return { id, outcome: "mended", words: await mends[rule](ctx, finding) };
  } catch (error) {
    log().warn({ finding: id, error: String(error) }, "a finding could not be mended");
    const words = error instanceof AppError ? error.message : "It could not be mended; the log has why.";
    return { id, outcome: "failed", words };
  }
}

const refusal = (rule: RuleName): string => `This is not mended by itself. ${rules[rule].todo}`;
