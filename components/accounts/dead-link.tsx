import { Button } from "@mantine/core";
import { Link2Off } from "lucide-react";
import { Message } from "@/components/ui/message";

type Reason = "used" | "expired" | "unknown";

const reasons = {
  setUp: {
    used: "The owner exists. Sign in with that account.",
    expired: "Start Tenantry again, or ask for a new link on its host: it is printed while there is no owner.",
    unknown: "Check that it was copied whole, from the newest start of this installation.",
  },
  invitation: {
    used: "The account exists. Sign in with it, or ask whoever invited you for help.",
    expired: "Invitations end after seven days. Ask whoever invited you for a new one.",
    unknown: "Check that it was copied whole. It may have been withdrawn: ask whoever invited you.",
  },
  password: {
    used: "The password was set. Sign in with it, or ask for a new link.",
    expired: "Such links end after a day. Ask for a new one.",
    unknown: "Check that it was copied whole. A newer link, or a change of the account, ends older ones.",
  },
} as const satisfies Record<string, Record<Reason, string>>;

const titles = {
  used: "This link was used already",
  expired: "This link has expired",
  unknown: "This link is not known here",
} as const satisfies Record<Reason, string>;

/** A link that can't be used, and why. */
export function DeadLink({ of, reason }: { of: keyof typeof reasons; reason: Reason | "ok" }) {
  const why = reason === "ok" ? "unknown" : reason;
  return (
    <Message
      page
      icon={Link2Off}
      title={titles[why]}
      action={
        <Button component="a" href="/sign-in" variant="default">
          Go to sign-in
        </Button>
      }
    >
      {reasons[of][why]}
    </Message>
  );
}
