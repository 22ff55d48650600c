import { pino } from "pino";
import { env } from "./env";

const secretNames = ["password", "secret", "token", "code", "authorization", "cookie"];

/** How lines are written: one JSON object a line, without what is named like a secret. */
export const logOptions = {
  base: { pid: process.pid },
  redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: "[left out]" },
} satisfies pino.LoggerOptions;

let logger: pino.Logger | undefined;

/** The process's logger: JSON lines on standard output, with anything that looks like a secret left out. */
export function log(): pino.Logger {
  logger ??= pino({ ...logOptions, level: env().LOG_LEVEL });
  return logger;
}
