import protobuf from "protobufjs";
import { Bounds } from "./bounds";

type Fields = Record<string, [number, string, "repeated"?]>;

const message = (fields: Fields) => ({
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, [id, type, rule]]) => [name, { id, type, ...(rule && { rule }) }]),
  ),
});

/** The parts of OTLP's messages that are read: everything else is skipped. Numbers and types are the published ones. */
const root = protobuf.Root.fromJSON({
  nested: {
    Request: message({ resourceMetrics: [1, "ResourceMetrics", "repeated"] }),
    ResourceMetrics: message({ resource: [1, "Resource"], scopeMetrics: [2, "ScopeMetrics", "repeated"] }),
    Resource: message({ attributes: [1, "KeyValue", "repeated"] }),
    ScopeMetrics: message({ scope: [1, "Scope"], metrics: [2, "Metric", "repeated"] }),
    Scope: message({ name: [1, "string"] }),
    Metric: message({
      ...{ name: [1, "string"], unit: [3, "string"], gauge: [5, "Numbers"], sum: [7, "Numbers"] },
      ...{
        histogram: [9, "Histograms"],
        exponentialHistogram: [10, "ExponentialHistograms"],
        summary: [11, "Summaries"],
      },
    }),
    Numbers: message({
      ...{ dataPoints: [1, "NumberPoint", "repeated"], aggregationTemporality: [2, "int32"], isMonotonic: [3, "bool"] },
    }),
    Histograms: message({ dataPoints: [1, "HistogramPoint", "repeated"], aggregationTemporality: [2, "int32"] }),
    ExponentialHistograms: message({
      ...{ dataPoints: [1, "ExponentialHistogramPoint", "repeated"], aggregationTemporality: [2, "int32"] },
    }),
    Summaries: message({ dataPoints: [1, "SummaryPoint", "repeated"] }),
    NumberPoint: message({
      ...{ startTimeUnixNano: [2, "fixed64"], timeUnixNano: [3, "fixed64"], asDouble: [4, "double"] },
      ...{ asInt: [6, "sfixed64"], attributes: [7, "KeyValue", "repeated"], flags: [8, "uint32"] },
    }),
    HistogramPoint: message({
      ...{ startTimeUnixNano: [2, "fixed64"], timeUnixNano: [3, "fixed64"], count: [4, "fixed64"] },
      ...{ sum: [5, "double"], attributes: [9, "KeyValue", "repeated"], flags: [10, "uint32"] },
    }),
    ExponentialHistogramPoint: message({
      ...{ attributes: [1, "KeyValue", "repeated"], startTimeUnixNano: [2, "fixed64"], timeUnixNano: [3, "fixed64"] },
      ...{ count: [4, "fixed64"], sum: [5, "double"], flags: [10, "uint32"] },
    }),
    SummaryPoint: message({ timeUnixNano: [3, "fixed64"] }),
    KeyValue: message({ key: [1, "string"], value: [2, "Value"] }),
    // Lists and maps are left as they are, so that nothing nests.
    Value: message({
      ...{ stringValue: [1, "string"], boolValue: [2, "bool"], intValue: [3, "int64"], doubleValue: [4, "double"] },
      ...{ arrayValue: [5, "bytes"], kvlistValue: [6, "bytes"], bytesValue: [7, "bytes"] },
    }),
    Response: message({ partialSuccess: [1, "PartialSuccess"] }),
    PartialSuccess: message({ rejectedDataPoints: [1, "int64"], errorMessage: [2, "string"] }),
    Status: message({ code: [1, "int32"], message: [2, "string"] }),
  },
});
root.resolveAll();

let bounds = new Bounds();

for (const type of root.nestedArray) if (type instanceof protobuf.Type) count(type);

/** Each message costs memory, and the smallest is of two bytes. Decoding runs to its end without a pause, so one count serves all. */
function count(type: protobuf.Type): void {
  type.setup();
  const decode = type.decode;
  type.decode = function (this: protobuf.Type, ...given) {
    bounds.add("objects and lists", 1);
    return decode.apply(this, given);
  };
}

/** An ExportMetricsServiceRequest of protobuf's bytes. Throws where they are none, or too much is in them. */
export function decodeRequest(bytes: Uint8Array): unknown {
  bounds = new Bounds();
  return root.lookupType("Request").decode(bytes);
}

/** A Response or a Status in protobuf's bytes. */
export function encodeMessage(name: "Response" | "Status", value: object): Uint8Array {
  const type = root.lookupType(name);
  return type.encode(type.fromObject(value)).finish();
}

/** The other way about, for tests that read what was answered. */
export function decodeMessage(name: "Response" | "Status", bytes: Uint8Array): object {
  bounds = new Bounds();
  const type = root.lookupType(name);
  return type.toObject(type.decode(bytes), { longs: Number });
}
