import type { Finding } from "./contract";
import { type RuleName, rules } from "./rules";

type Subject = Finding["subject"];

/** A finding by a rule; `of` tells apart what else would have the same id. */
export function found(rule: RuleName, subject: Subject, server: Finding["server"], words: string): Finding {
  const { severity, mendable, todo } = rules[rule];
  const place = server === null || subject.kind === "server" ? "" : `${server.id}/`;
  const whole = ["database", "role"].includes(subject.kind) ? `${place}${subject.id}` : subject.id;
  return { id: `${rule}:${whole}`, rule, severity, subject, server, words, mend: todo, mendable };
}

/** A tenant as a subject. */
export function ofTenant({ id, name }: { id: string; name: string }): Subject {
  return { kind: "tenant", id, name };
}
