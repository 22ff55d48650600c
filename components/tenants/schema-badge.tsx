import { Badge } from "@/components/ui/status-badge";
import type { TenantView } from "@/lib/tenants/shapes";

/** What is wrong with a tenant's schema; nothing where nothing is known to be. */
export function SchemaBadge({ schema }: Pick<TenantView, "schema">) {
  if (schema?.error)
    return (
      <Badge tone="bad" title={`A migration failed: ${schema.error}`}>
        Migration failed
      </Badge>
    );
  if (schema?.drifted)
    return (
      <Badge tone="warn" title="Its structure differs from what its migrations make.">
        Schema drifted
      </Badge>
    );
  return null;
}
