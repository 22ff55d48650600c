import { route } from "@/lib/http/route";
import { mailStatus } from "@/lib/reports/mail-status";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: mailStatus });
