import { confirmEnrolment } from "@/lib/accounts/confirm-enrolment";
import { startEnrolment } from "@/lib/accounts/start-enrolment";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: startEnrolment, PUT: confirmEnrolment });
