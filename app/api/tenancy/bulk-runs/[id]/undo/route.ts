import { undoRun } from "@/lib/bulk/undo-run";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: undoRun });
