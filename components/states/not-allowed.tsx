"use client";

import { Button } from "@mantine/core";
import { Lock } from "lucide-react";
import { firstPlace } from "@/components/shell/places";
import { useUser } from "@/components/shell/user";
import { Link } from "@/components/ui/link";
import { Message } from "@/components/ui/message";

/** A page that one's rights do not reach: says what is missing, so that one can ask for it, and leads on. */
export function NotAllowed({ reason }: { reason: string }) {
  const user = useUser();
  return (
    <Message
      page
      icon={Lock}
      title="You may not see this page"
      action={
        <>
          <Button component={Link} href={firstPlace(user)} size="xs">
            To what you may see
          </Button>
          <Button component={Link} href="/account" size="xs" variant="default">
            Your account
          </Button>
        </>
      }
    >
      {reason} An owner can change your role.
    </Message>
  );
}
