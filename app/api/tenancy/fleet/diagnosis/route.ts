import { showDiagnosis } from "@/lib/fleet/show-diagnosis";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showDiagnosis });
