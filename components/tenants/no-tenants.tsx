import { Button } from "@mantine/core";
import { SearchX } from "lucide-react";
import { FirstTenant } from "@/components/overview/first-tenant";
import { Message } from "@/components/ui/message";

/** The list of an empty fleet. */
export function NoTenants() {
  return <FirstTenant />;
}

/** A search or filter that finds nothing. */
export function NoMatch({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  return (
    <Message
      icon={SearchX}
      title="No tenant matches"
      action={
        <Button variant="default" size="xs" onClick={clear}>
          Clear search and filters
        </Button>
      }
    >
      Search looks at names, slugs and domains.
      {filtered && " The filters beside it may be hiding what you look for."}
    </Message>
  );
}
