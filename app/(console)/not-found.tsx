import { Button } from "@mantine/core";
import { Compass } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Message } from "@/components/ui/message";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Message
      page
      icon={Compass}
      title="There is nothing at this address"
      action={
        <>
          <Button component={Link} href="/tenants" size="xs">
            All tenants
          </Button>
          <Button component={Link} href="/" size="xs" variant="default">
            Overview
          </Button>
        </>
      }
    >
      What stood here may have been deleted, or the address was not copied whole. Ctrl+K finds tenants by name, domain
      and id.
    </Message>
  );
}
