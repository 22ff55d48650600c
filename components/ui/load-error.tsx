"use client";

import { Button } from "@mantine/core";
import { CloudOff } from "lucide-react";
import { CallError } from "@/client/call";
import { AppError } from "@/lib/kernel/errors";
import { Message } from "./message";

/** Something could not be read: says what happened and offers to try again. */
export function LoadError({ what, error, retry }: { what: string; error: Error; retry: () => void }) {
  return (
    <Message
      alert
      icon={CloudOff}
      title={`${what} could not be loaded`}
      action={
        <Button variant="default" size="xs" onClick={retry}>
          Try again
        </Button>
      }
    >
      {refusedFields(error) ?? explain(error)}
    </Message>
  );
}

// What was asked for can't be: the sentence that says why stands with the field.
function refusedFields(error: Error): string | undefined {
  const said = error instanceof AppError && error.code === "invalid" ? Object.values(error.fields ?? {}) : [];
  return said.length > 0 ? said.join(" ") : undefined;
}

/** An error as a sentence for the person in front of the screen. */
export function explain(error: Error): string {
  if (!(error instanceof AppError)) return "The answer was not what the console expected. Reload the page.";
  const wait = error.retryAfter === undefined ? "" : ` Try again in ${Math.ceil(error.retryAfter)} s.`;
  const id = error instanceof CallError && error.requestId ? ` (request ${error.requestId})` : "";
  return `${error.message}${wait}${error.code === "internal" ? id : ""}`;
}
