import { Cable } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import classes from "./no-process.module.css";

const sample = `import { createServer } from "node:http";
import { createRuntime } from "tenantry/runtime";

const runtime = createRuntime({ app: "shop", baseDomain: "example.com" });

createServer(
  runtime.handler(async (request, response, { tenant }) => {
    const { rows } = await runtime.query("SELECT count(*) FROM orders");
    response.end(\`\${tenant.name}: \${rows[0]?.count} orders\`);
  }),
).listen(4000);
process.once("SIGTERM", () => runtime.close());`;

/** What the page says before any app uses the runtime: how one begins to. */
export function NoProcess() {
  return (
    <Panel title="Attach an app">
      <Message
        icon={Cable}
        title="No app process runs"
        action={<Link href="/runtime?ended=true">Show those that ended</Link>}
      >
        An app that reaches tenants&apos; databases through the runtime appears here within two seconds, with its
        connections, and who waits for one.
      </Message>
      <div className={classes.teach}>
        <p>
          Give it this installation&apos;s <code>TENANTRY_DATABASE_URL</code> and <code>TENANTRY_SECRET_KEY</code>, and
          serve requests with the runtime. <code>docs/runtime.md</code> tells the rest: Express and Fastify, jobs,
          pools, Prisma, Drizzle and Kysely.
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll must be reached with the keyboard */}
        <pre tabIndex={0}>
          <code>{sample}</code>
        </pre>
      </div>
    </Panel>
  );
}
