import { retryRun } from "@/lib/bulk/retry-run";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: retryRun });
