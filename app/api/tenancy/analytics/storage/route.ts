import { showStorageUse } from "@/lib/analytics/show-resource";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showStorageUse });
