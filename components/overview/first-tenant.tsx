import { Database } from "lucide-react";
import { NewTenantButton } from "@/components/tenants/new-tenant-button";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";

/** What an empty fleet says. */
export function FirstTenant() {
  return (
    <Panel title="Start here" flush>
      <Message icon={Database} title="No tenants yet" action={<NewTenantButton />}>
        A tenant is a customer with a PostgreSQL database and a login role of its own. Create the first one, or adopt a
        database that already exists; its figures appear here within seconds.
      </Message>
    </Panel>
  );
}
