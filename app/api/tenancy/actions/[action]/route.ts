import { findPlanOperation } from "@/lib/bulk/plan-operations";
import { routeByName } from "@/lib/http/route-by-name";

export const POST = routeByName("action", findPlanOperation);
