import { undoRun } from "@/lib/bulk/undo-run";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: undoRun });
