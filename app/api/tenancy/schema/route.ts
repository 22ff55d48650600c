import { showSchemaOverview } from "@/lib/drift/show-schema-overview";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showSchemaOverview });
