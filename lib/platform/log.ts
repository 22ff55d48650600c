import { pino } from "pino";
import { env } from "./env";

let logger: pino.Logger | undefined;

/** The process's logger: JSON lines on standard output, with anything that looks like a secret left out. */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: { pid: process.pid },
    redact: {
      paths: ["password", "secret", "token", "code", "*.password", "*.secret", "*.token", "*.code"],
      censor: "[left out]",
    },
  });
  return logger;
}
