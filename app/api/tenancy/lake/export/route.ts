import { route } from "@/lib/http/route";
import { exportLake } from "@/lib/lake/export-lake";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: exportLake });
