import { methods } from "@/lib/http/methods";
import { otlpMetricsRoute } from "@/lib/http/otlp";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = methods({ POST: otlpMetricsRoute });
