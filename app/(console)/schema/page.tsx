import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { schemaQuery, tenantSchemasQuery } from "@/client/bulk-queries";
import { SchemaScreen } from "@/components/schema/schema-screen";
import { schemaInput, searchSchema } from "@/components/schema/search-schema";
import { Hydrated } from "@/components/shell/hydrated";
import { listTenantSchemas } from "@/lib/drift/list-tenant-schemas";
import { showSchemaOverview } from "@/lib/drift/show-schema-overview";
import { readPage } from "@/lib/http/page";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Schema" };

const load = createLoader(searchSchema);

export default function SchemaPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = schemaInput(await load(searchParams));
    const [overview, tenants] = await Promise.all([
      readPage(showSchemaOverview, {}),
      readPage(listTenantSchemas, input),
    ]);
    return (
      <Hydrated
        entries={[
          [schemaQuery().queryKey, overview],
          [tenantSchemasQuery(input).queryKey, tenants],
        ]}
      >
        <SchemaScreen />
      </Hydrated>
    );
  });
}
