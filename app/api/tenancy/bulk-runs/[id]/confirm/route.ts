import { confirmRun } from "@/lib/bulk/confirm-run";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: confirmRun });
