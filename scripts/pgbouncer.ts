import { printProgram } from "./found-program";

// Prints the path of a PgBouncer for the tests, installing one where that may be done.
printProgram({
  names: [process.env.PGBOUNCER ?? "", "pgbouncer", "/usr/sbin/pgbouncer"],
  debian: "pgbouncer",
  missing:
    "No PgBouncer could be found or installed; some tests need it. Install one, then run the tests again:\n" +
    "  apt-get install pgbouncer   (or: brew install pgbouncer)\n" +
    "  or name one yourself: PGBOUNCER=/path/to/pgbouncer npm test",
});
