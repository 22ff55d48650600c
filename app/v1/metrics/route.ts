import { otlpMetricsRoute } from "@/lib/http/otlp";

export const POST = otlpMetricsRoute;
