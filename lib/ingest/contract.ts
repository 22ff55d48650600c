import { z } from "zod";
import { contract } from "@/lib/kernel/contract";

/**
 * OTLP over HTTP, as OpenTelemetry's exporters send it (application/x-protobuf or application/json, gzip or not). The
 * answer is an ExportMetricsServiceResponse in the same encoding; points that were not taken are counted and explained in
 * `partialSuccess`.
 */
export const ingestMetricsContract = contract({
  id: "ingest.metrics",
  method: "POST",
  path: "/v1/metrics",
  summary: "Take metrics of tenants' apps by OTLP over HTTP.",
  access: "metrics:write",
  scoped: true,
  answers: ["application/x-protobuf", "application/json"],
  input: z.object({
    resourceMetrics: z
      .array(z.unknown())
      .default([])
      .describe("OTLP's ResourceMetrics; each names its tenant by `tenant.id`"),
  }),
  output: z.object({
    partialSuccess: z
      .object({
        rejectedDataPoints: z
          .union([z.int(), z.string().regex(/^\d+$/)])
          .describe("a count: digits as text in JSON, as protobuf has it for 64 bits"),
        errorMessage: z.string(),
      })
      .optional()
      .describe("when points were not taken, or something needs saying"),
  }),
});
