import { Button } from "@mantine/core";
import { Telescope } from "lucide-react";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";

/** What the page says when there is nobody to foretell anything of. */
export function NoOutlook({ narrowed, clear }: { narrowed: boolean; clear: () => void }) {
  const action = (
    <Button variant="default" size="xs" onClick={clear}>
      Clear the filter
    </Button>
  );
  return (
    <Panel title="Nothing to foretell" flush>
      <Message
        icon={Telescope}
        title={narrowed ? "No tenant matches" : "No tenant and no server yet"}
        {...(narrowed && { action })}
      >
        {narrowed
          ? "Nothing fits all parts of the filter."
          : "Once tenants have been measured for some weeks, this page says when they reach their limits."}
      </Message>
    </Panel>
  );
}
