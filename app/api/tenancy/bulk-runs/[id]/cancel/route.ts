import { cancelRun } from "@/lib/bulk/cancel-run";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: cancelRun });
