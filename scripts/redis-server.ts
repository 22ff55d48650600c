import { printProgram } from "./found-program";

// Prints the path of a Redis (or Valkey) server for the tests, installing one where that may be done.
printProgram({
  names: [process.env.REDIS_SERVER ?? "", "redis-server", "valkey-server"],
  debian: "redis-server",
  missing:
    "No Redis server could be found or installed; some tests need it. Install one, then run the tests again:\n" +
    "  apt-get install redis-server   (or: brew install redis)\n" +
    "  or name one yourself: REDIS_SERVER=/path/to/redis-server npm test",
});
