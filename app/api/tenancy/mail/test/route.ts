import { route } from "@/lib/http/route";
import { testMail } from "@/lib/reports/mail-test";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: testMail });
