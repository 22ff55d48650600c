import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { diagnoseContract, type Finding } from "./contract";
import { diagnose } from "./diagnosis";
import { ruleNames, rules } from "./rules";

const most = { all: 1000, ofRule: 200 };

export const showDiagnosis = operation(diagnoseContract, async ({ db, now }, { rule, server }) => {
  const began = performance.now();
  if (server !== undefined && !(await db.server.findUnique({ where: { id: server, removedAt: null } })))
    throw new AppError("not_found", "There is no such server.");
  const { findings, servers } = await diagnose(db, now(), server);
  const wanted = rule.length === 0 ? findings : findings.filter((one) => rule.includes(one.rule));
  return {
    findings: few(wanted),
    rules: ruleNames.map((name) => {
      const { severity, words, mendable } = rules[name];
      return { name, severity, words, mendable, findings: findings.filter((one) => one.rule === name).length };
    }),
    servers,
    at: now().toISOString(),
    tookMs: Math.round(performance.now() - began),
  };
});

function few(findings: Finding[]): Finding[] {
  const told = new Map<string, number>();
  const some = findings.filter(({ rule }) => {
    const before = told.get(rule) ?? 0;
    told.set(rule, before + 1);
    return before < most.ofRule;
  });
  return some.slice(0, most.all);
}
