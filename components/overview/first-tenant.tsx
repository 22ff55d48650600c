"use client";

import { Database } from "lucide-react";
import { useUser } from "@/components/shell/user";
import { NewTenantButton } from "@/components/tenants/new-tenant-button";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { scopeWords } from "@/lib/kernel/scope";

/** What an empty fleet says, or the empty part of it that somebody's rights reach. */
export function FirstTenant() {
  const { scope } = useUser();
  if (scope.kind !== "all") {
    return (
      <Panel title="Tenants" flush>
        <Message icon={Database} title="No tenant within your reach" action={<NewTenantButton />}>
          Your rights reach {scopeWords(scope)}. There is no such tenant now; an owner or admin can change what you
          reach.
        </Message>
      </Panel>
    );
  }
  return (
    <Panel title="Start here" flush>
      <Message icon={Database} title="No tenants yet" action={<NewTenantButton />}>
        A tenant is a customer with a PostgreSQL database and a login role of its own. Create the first one, or adopt a
        database that already exists; its figures appear here within seconds.
      </Message>
    </Panel>
  );
}
