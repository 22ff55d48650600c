import { showSchemaOverview } from "@/lib/drift/show-schema-overview";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showSchemaOverview });
