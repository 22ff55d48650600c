import { readDump, type SourceRow } from "./dump/read-dump";

/** The tables that tests ask a dump for. */
export const wantedTables: ReadonlySet<string> = new Set(["tenants", "domains"]);

/** A text as chunks of a size, as a file or a pipe would bring them. */
export async function* chunksOf(dump: string | Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array, void, void> {
  const bytes = Buffer.from(dump as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All rows of the wanted tables that a dump has. */
export async function rowsOf(dump: string | Buffer, size?: number): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  await readDump(chunksOf(dump, size), wantedTables, (row) => rows.push(row));
  return rows;
}

const mysqlEscapes: Record<string, string> = {
  "\0": "\\0",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\x1a": "\\Z",
  "'": "\\'",
  '"': '\\"',
  "\\": "\\\\",
};

/** A value as MySQL's programs write it. */
export function mysqlText(value: string | null): string {
  return value === null ? "NULL" : `'${[...value].map((one) => mysqlEscapes[one] ?? one).join("")}'`;
}

/** A value as pg_dump --inserts writes it. */
export function postgresText(value: string | null): string {
  return value === null ? "NULL" : `'${value.replaceAll("'", "''")}'`;
}

const copyEscapes: Record<string, string> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\v": "\\v",
};

/** A value as pg_dump writes it for COPY. */
export function copyText(value: string | null): string {
  return value === null ? "\\N" : [...value].map((one) => copyEscapes[one] ?? one).join("");
}

type Values = readonly (string | null)[];

/** A dump of one table as mysqldump writes it: `perInsert` rows in each INSERT. */
export function mysqlDump(table: string, columns: readonly string[], rows: readonly Values[], perInsert = 2): string {
  const parts: string[] = [];
  for (let at = 0; at < rows.length; at += perInsert) {
    const tuples = rows.slice(at, at + perInsert).map((row) => `(${row.map(mysqlText).join(",")})`);
    parts.push(`INSERT INTO \`${table}\` VALUES\n${tuples.join(",\n")};`);
  }
  return `
--
-- Table structure for table \`${table}\`
--

DROP TABLE IF EXISTS \`${table}\`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE \`${table}\` (
${columns.map((name) => `  \`${name}\` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT 'a,(b)',`).join("\n")}
  PRIMARY KEY (\`${columns[0]}\`),
  KEY \`other_index\` (\`${columns[0]}\`,\`${columns[1]}\`(10)),
  CONSTRAINT \`a_check\` CHECK (json_valid(\`${columns[1]}\`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='rows of (tenants); all';
/*!40101 SET character_set_client = @saved_cs_client */;

LOCK TABLES \`${table}\` WRITE;
/*!40000 ALTER TABLE \`${table}\` DISABLE KEYS */;
${parts.join("\n")}
/*!40000 ALTER TABLE \`${table}\` ENABLE KEYS */;
UNLOCK TABLES;
`;
}

/** What stands before and behind the tables of a dump by mysqldump. */
export function wholeMysql(tables: string): string {
  return `-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: central
-- ------------------------------------------------------
/*!50503 SET NAMES utf8mb4 */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;
${tables}
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed on 2026-11-01 10:00:00
`;
}

/** A dump of one table as pg_dump writes it. */
export function copyDump(table: string, columns: readonly string[], rows: readonly Values[]): string {
  const lines = rows.map((row) => `${row.map(copyText).join("\t")}\n`);
  return `COPY public.${table} (${columns.join(", ")}) FROM stdin;\n${lines.join("")}\\.\n\n`;
}

/** What stands before and behind the tables of a dump by pg_dump. */
export function wholePostgres(tables: string): string {
  return `--
-- PostgreSQL database dump
--

\\restrict kLmNoP

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE FUNCTION public.noise() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
BEGIN
  INSERT INTO tenants VALUES ('not a row; it''s code');
  RETURN NEW; -- $1
END
$_$;

${tables}
--
-- PostgreSQL database dump complete
--

\\unrestrict kLmNoP
`;
}
