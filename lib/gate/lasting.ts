import type { z } from "zod";

type Lasting = { checked?: unknown };

const answers = new WeakMap<object, Lasting>();
const written = new WeakMap<object, Uint8Array<ArrayBuffer> | undefined>();
const encoder = new TextEncoder();

/** Says that an answer will be given again as it is: it is checked and written down once. Nobody may change it. */
export function lasting<T extends object>(answer: T): T {
  if (!answers.has(answer)) answers.set(answer, {});
  return answer;
}

/** An answer as its shape lets it through; of a lasting one, what came out the first time. */
export function checkedBy(shape: z.ZodType, answer: unknown): unknown {
  const known = typeof answer === "object" && answer !== null ? answers.get(answer) : undefined;
  if (!known) return shape.parse(answer);
  if (known.checked === undefined) {
    known.checked = shape.parse(answer);
    if (typeof known.checked === "object" && known.checked !== null) written.set(known.checked, undefined);
  }
  return known.checked;
}

/** An answer as JSON; of a lasting one it is written once, as the bytes that are sent. */
export function jsonOf(answer: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof answer !== "object" || answer === null || !written.has(answer)) return JSON.stringify(answer);
  const bytes = written.get(answer) ?? encoder.encode(JSON.stringify(answer));
  written.set(answer, bytes);
  return bytes;
}
