import { Button } from "@mantine/core";
import { Compass } from "lucide-react";
import type { Metadata } from "next";
import { AuthFrame } from "@/components/accounts/auth-frame";
import { Message } from "@/components/ui/message";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <AuthFrame>
      <Message
        page
        icon={Compass}
        title="There is nothing at this address"
        action={
          <Button component="a" href="/" variant="default">
            Go to the overview
          </Button>
        }
      >
        The page may have moved, or the tenant was deleted.
      </Message>
    </AuthFrame>
  );
}
