"use client";

import { Button } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import { Message } from "@/components/ui/message";

export type PageErrorProps = { error: Error & { digest?: string }; retry: () => void };

/** A page that failed on the server: says so, names the log entry, offers to try again. */
export function PageError({ error, retry }: PageErrorProps) {
  const [kind, id] = error.digest?.split(":") ?? [];
  const away = kind === "unavailable";
  return (
    <Message
      alert
      page
      icon={CircleAlert}
      title={away ? "The control database does not answer" : "This page could not be shown"}
      action={
        <>
          <Button size="xs" onClick={retry}>
            Try again
          </Button>
          <Button component="a" href="/" size="xs" variant="default">
            Overview
          </Button>
        </>
      }
    >
      {away
        ? "Tenants' own databases may well be fine: only this console can't read its registry. Try again in a moment."
        : "Something went wrong on the server."}
      {error.digest !== undefined && ` The server's log has it under ${id ?? error.digest}.`}
    </Message>
  );
}
