"use client";

import { Button } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import { Message } from "@/components/ui/message";

export type PageErrorProps = { error: Error & { digest?: string }; retry: () => void };

/** A page that failed on the server: says so, names the log entry, offers to try again. */
export function PageError({ error, retry }: PageErrorProps) {
  return (
    <Message
      alert
      page
      icon={CircleAlert}
      title="This page could not be shown"
      action={
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      }
    >
      Something went wrong on the server, or its database can't be reached.
      {error.digest !== undefined && ` The server's log has it under ${error.digest}.`}
    </Message>
  );
}
