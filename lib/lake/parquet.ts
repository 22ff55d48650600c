import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import { schemaVersion } from "./columns";

/** What a file says of itself beside its columns. */
export type About = Record<string, string>;

/** A whole Parquet file of columns in their schema's order, in row groups of at most 10,000 rows. */
export function parquet(schema: SchemaElement[], columns: ColumnSource[], about: About): Uint8Array {
  const writer = new ByteWriter();
  const kvMetadata = Object.entries({ ...about, schema_version: schemaVersion }).map(([key, value]) => ({
    key: `tenantry.${key}`,
    value,
  }));
  const file = new ParquetWriter({ writer, schema, codec: "SNAPPY", kvMetadata, createdBy: "tenantry" });
  file.write({ columnData: columns, rowGroupSize: 10_000 });
  file.finish();
  return writer.getBytes();
}
