import { Button } from "@mantine/core";
import { Link2Off } from "lucide-react";
import { Message } from "@/components/ui/message";

const reasons = {
  used: { title: "This link was used already", text: "The owner exists. Sign in with that account." },
  expired: {
    title: "This link has expired",
    text: "Start Tenantry again, or ask for a new link on its host: it is printed while there is no owner.",
  },
  unknown: {
    title: "This link is not known here",
    text: "Check that it was copied whole, from the newest start of this installation.",
  },
} as const;

/** A set-up link that can't be used, and why. */
export function DeadLink({ reason }: { reason: keyof typeof reasons }) {
  const { title, text } = reasons[reason];
  return (
    <Message
      page
      icon={Link2Off}
      title={title}
      action={
        <Button component="a" href="/sign-in" variant="default">
          Go to sign-in
        </Button>
      }
    >
      {text}
    </Message>
  );
}
