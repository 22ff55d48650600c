// Made by `npm run openapi` from docs/openapi.json. Do not edit.

export type Scope =
  | {
      kind: "all";
    }
  | {
      kind: "region" | "plan" | "tag";
      /**
       * @minItems 1
       * @maxItems 50
       */
      values: string[];
    };
export type ScopeInput =
  | {
      kind: "all";
    }
  | {
      kind: "region" | "plan" | "tag";
      /**
       * @minItems 1
       * @maxItems 50
       */
      values: string[];
    };
export type _Schema0Input =
  | string
  | number
  | boolean
  | null
  | _Schema0Input[]
  | {
      [k: string]: _Schema0Input | undefined;
    };

/**
 * Every operation of the API by its id: what goes in, and what comes out.
 */
export interface Operations {
  /**
   * Tell whether a set-up link can still be used.
   */
  "setUp.show": {
    input: {
      token: string;
    };
    output: {
      usable: boolean;
      reason: "ok" | "used" | "expired" | "unknown";
    };
  };
  /**
   * Create the first owner from the one-time set-up link.
   */
  "setUp.owner": {
    input: {
      token: string;
      name: string;
      email: string;
      password: string;
    };
    output: {
      email: string;
      name: string;
    };
  };
  /**
   * Begin to enrol a second factor: a new TOTP secret with its QR code.
   */
  "enrolment.start": {
    input: {};
    output: {
      /**
       * base32, for typing in
       */
      secret: string;
      /**
       * otpauth:// address, which the QR code holds
       */
      uri: string;
      /**
       * the QR code as an SVG document
       */
      qr: string;
    };
  };
  /**
   * Finish enrolling the second factor by a code from the authenticator.
   */
  "enrolment.confirm": {
    input: {
      code: string;
    };
    output: {
      /**
       * shown once
       */
      recoveryCodes: string[];
    };
  };
  /**
   * Who is signed in.
   */
  "session.show": {
    input: {};
    output: SignedInUser;
  };
  /**
   * Sign out: end this session, at once.
   */
  "session.signOut": {
    input: {};
    output: {
      ended: number;
    };
  };
  /**
   * Prove the second factor again, for one digest: it then counts once, for five minutes.
   */
  "stepUp.prove": {
    input: {
      digest: string;
      code?: string;
      /**
       * a passkey's answer (AuthenticationResponseJSON), as JSON text
       */
      passkey?: string;
    };
    output: {
      expiresAt: string;
    };
  };
  /**
   * Get a challenge for a passkey, to sign in or for a step-up's digest; it works once, for five minutes.
   */
  "passkeys.challenge": {
    input: {
      digest?: string;
    };
    output: {
      /**
       * PublicKeyCredentialRequestOptionsJSON
       */
      options: {
        [k: string]: unknown | undefined;
      };
    };
  };
  /**
   * Show one's own account: second factors, recovery codes that are left, when the password was set.
   */
  "account.show": {
    input: {};
    output: {
      user: SignedInUser;
      enrolledAt: string | null;
      passwordChangedAt: string;
      recoveryCodesLeft: number;
      passkeys: Passkey[];
    };
  };
  /**
   * Change one's own password, which ends one's other sessions.
   */
  "account.password": {
    input: {
      current: string;
      password: string;
    };
    output: {
      /**
       * other sessions that were ended
       */
      ended: number;
    };
  };
  /**
   * Make ten new recovery codes; the old ones stop working.
   */
  "account.recoveryCodes": {
    input: {};
    output: {
      /**
       * shown once
       */
      recoveryCodes: string[];
    };
  };
  /**
   * List one's own sessions, newest first.
   */
  "sessions.list": {
    input: {
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      sessions: Session[];
      next: string | null;
    };
  };
  /**
   * Sign out everywhere: end all of one's own sessions, or all but this one.
   */
  "sessions.endAll": {
    input: {
      keepThis?: string;
    };
    output: {
      ended: number;
    };
  };
  /**
   * End one of one's own sessions, at once.
   */
  "sessions.end": {
    input: {
      id: string;
    };
    output: {
      ended: number;
    };
  };
  /**
   * Begin to move to another authenticator app: a new TOTP secret; the present one works until the new one is proven.
   */
  "authenticator.start": {
    input: {};
    output: {
      /**
       * base32, for typing in
       */
      secret: string;
      /**
       * otpauth:// address, which the QR code holds
       */
      uri: string;
      /**
       * the QR code as an SVG document
       */
      qr: string;
      /**
       * to be sent back with the first code
       */
      pending: string;
    };
  };
  /**
   * Finish moving to another authenticator app by a code from it; the former one stops working.
   */
  "authenticator.change": {
    input: {
      pending: string;
      code: string;
    };
    output: {
      enrolledAt: string;
    };
  };
  /**
   * Begin to add a passkey: what the browser needs to make one.
   */
  "passkeys.start": {
    input: {};
    output: {
      /**
       * PublicKeyCredentialCreationOptionsJSON
       */
      options: {
        [k: string]: unknown | undefined;
      };
    };
  };
  /**
   * Add the passkey that the browser made.
   */
  "passkeys.add": {
    input: {
      name: string;
      /**
       * RegistrationResponseJSON, as JSON text
       */
      response: string;
    };
    output: Passkey;
  };
  /**
   * Remove one of one's own passkeys.
   */
  "passkeys.remove": {
    input: {
      id: string;
    };
    output: Passkey;
  };
  /**
   * List the database servers of the fleet with their state.
   */
  "servers.list": {
    input: {
      search?: string;
      region?: string[];
      /**
       * Items: whether its figures are current
       */
      state?: ("ok" | "stale" | "unreachable" | "new")[];
      fields?: string;
    };
    output: {
      servers: Server[];
    };
  };
  /**
   * Add a PostgreSQL server after trying to sign in to it; refused when its cluster is in the fleet already.
   */
  "servers.add": {
    input: {
      name: string;
      region: string;
      host: string;
      port?: number;
      adminUser: string;
      adminPassword?: string;
      adminDatabase?: string;
      tls?: boolean;
    };
    output: Server;
  };
  /**
   * Show a database server of the fleet with its state.
   */
  "servers.show": {
    input: {
      id: string;
      fields?: string;
    };
    output: Server;
  };
  /**
   * Change a server's name, region, capacity, pooler (apps connect anew within a second), or whether it takes new tenants.
   */
  "servers.edit": {
    input: {
      id: string;
      name?: string;
      region?: string;
      pooler?: {
        host: string;
        port: number;
        /**
         * for how long the pooler lends a connection
         */
        mode: "session" | "transaction";
      } | null;
      /**
       * MiB of tenants' data that it can hold; null: the disk as it is measured
       */
      storageCapacityMb?: number | null;
      /**
       * false: no new tenants are placed on it
       */
      accepting?: boolean;
    };
    output: Server;
  };
  /**
   * Remove a server from the fleet, once no tenant is on it. Nothing on the server is changed.
   */
  "servers.remove": {
    input: {
      id: string;
      confirm: string;
    };
    output: Server;
  };
  /**
   * Connect to a server now: how quickly it answers, what its role may do, and whether it is in the fleet twice.
   */
  "servers.check": {
    input: {
      id: string;
    };
    output: ServerCheck;
  };
  /**
   * List the databases on a server that no tenant owns, so that they can be adopted.
   */
  "servers.databases": {
    input: {
      id: string;
      fields?: string;
    };
    output: {
      databases: {
        name: string;
        owner: string;
        bytes: number | null;
      }[];
    };
  };
  /**
   * List tenants with their newest figures, searched, filtered and sorted.
   */
  "tenants.list": {
    input: {
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      schema?: string;
      sort?:
        | "name"
        | "slug"
        | "status"
        | "plan"
        | "createdAt"
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory";
      order?: "asc" | "desc";
      cursor?: string;
      limit?: number;
      page?: number;
      pageSize?: number;
      fields?: string;
    };
    output: {
      tenants: Tenant[];
      total: number;
      /**
       * all tenants within reach by status, whatever the filter
       */
      counts: {
        [k: string]: number | undefined;
      };
      next: string | null;
    };
  };
  /**
   * Create a tenant: its registry entry now, its database and role by resumable steps.
   */
  "tenants.create": {
    input: {
      name: string;
      slug: string;
      domain?: "" | string;
      plan?: "free" | "starter" | "business" | "enterprise";
      serverId: string;
      /**
       * the server's region unless told
       */
      region?: string;
      /**
       * @maxItems 20
       */
      tags?: string[];
    };
    output: Tenant;
  };
  /**
   * Adopt an existing database as a tenant: nothing in it is changed, a role of its own is made.
   */
  "tenants.adopt": {
    input: {
      name: string;
      slug: string;
      domain?: "" | string;
      plan?: "free" | "starter" | "business" | "enterprise";
      serverId: string;
      database: string;
    };
    output: Tenant;
  };
  /**
   * List the regions, plans and tags there are, with how many tenants within reach have each.
   */
  "tenants.facets": {
    input: {};
    output: {
      regions: {
        value: string;
        tenants: number;
      }[];
      plans: {
        value: string;
        tenants: number;
      }[];
      tags: {
        value: string;
        tenants: number;
      }[];
    };
  };
  /**
   * Download the tenants with their newest figures as CSV, filtered as the list is.
   */
  "tenants.export": {
    input: {
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      schema?: string;
      /**
       * @maxItems 28
       */
      columns?: (
        | "id"
        | "slug"
        | "name"
        | "status"
        | "statusReason"
        | "plan"
        | "region"
        | "tags"
        | "server"
        | "database"
        | "domain"
        | "createdAt"
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory"
        | "measuredAt"
      )[];
    };
    output: unknown;
  };
  /**
   * Show a tenant with its domains and newest figures.
   */
  "tenants.show": {
    input: {
      id: string;
      fields?: string;
    };
    output: Tenant;
  };
  /**
   * Change a tenant's name, plan, region or tags; refused when somebody changed it since `version` or If-Match.
   */
  "tenants.edit": {
    input: {
      id: string;
      /**
       * the version that was read; needed unless If-Match is sent
       */
      version?: number;
      name?: string;
      plan?: "free" | "starter" | "business" | "enterprise";
      region?: string;
      /**
       * @maxItems 20
       */
      tags?: string[];
    };
    output: Tenant;
  };
  /**
   * Delete a tenant: it is shut out now and can be restored until its time of grace is over, or is purged at once.
   */
  "tenants.remove": {
    input: {
      id: string;
      confirm: string;
      purge?: boolean | string;
    };
    output: Tenant;
  };
  /**
   * Show a tenant by its slug.
   */
  "tenants.bySlug": {
    input: {
      slug: string;
      fields?: string;
    };
    output: Tenant;
  };
  /**
   * Restore a deleted tenant within its time of grace, with the status it had.
   */
  "tenants.restore": {
    input: {
      id: string;
    };
    output: Tenant;
  };
  /**
   * Activate, deactivate, suspend or block a tenant; PostgreSQL itself enforces it before this answers.
   */
  "tenants.setStatus": {
    input: {
      id: string;
      status: "active" | "inactive" | "suspended" | "blocked";
      reason?: string;
    };
    output: Tenant;
  };
  /**
   * Try the failed or waiting step of a tenant again, now.
   */
  "tenants.resume": {
    input: {
      id: string;
    };
    output: {
      steps: Step[];
    };
  };
  /**
   * List the steps by which a tenant is being made or removed.
   */
  "tenants.steps": {
    input: {
      id: string;
      fields?: string;
    };
    output: {
      steps: Step[];
    };
  };
  /**
   * List what happened to tenants, newest first.
   */
  "activities.list": {
    input: {
      tenant?: string;
      type?: string[];
      actor?: string;
      from?: string;
      to?: string;
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      activities: Activity[];
      next: string | null;
    };
  };
  /**
   * List what happened to a tenant, newest first.
   */
  "tenants.activities": {
    input: {
      id: string;
      type?: string[];
      actor?: string;
      from?: string;
      to?: string;
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      activities: Activity[];
      next: string | null;
    };
  };
  /**
   * Show the newest value of each metric of a tenant: how it was measured, when, and its limit. Unknown is null.
   */
  "tenants.usage": {
    input: {
      id: string;
    };
    output: TenantUsage;
  };
  /**
   * Show a tenant's settings: the limits that PostgreSQL holds its role to, and the storage that is watched.
   */
  "tenants.settings": {
    input: {
      id: string;
      fields?: string;
    };
    output: TenantSettings;
  };
  /**
   * Change a tenant's limits; PostgreSQL itself holds to them before this answers.
   */
  "tenants.editSettings": {
    input: {
      id: string;
      /**
       * what is left out stays as it is; null takes a limit away
       */
      limits: {
        /**
         * open at the same time; only an administrator can change it
         */
        connections?: number | null;
        /**
         * what new sessions begin with; a session may change it for itself
         */
        statementTimeoutSeconds?: number | null;
        /**
         * what new sessions begin with; a session may change it for itself
         */
        idleInTransactionSeconds?: number | null;
        /**
         * what new sessions begin with; a session may change it for itself
         */
        workMemMb?: number | null;
        /**
         * MiB on disk; watched and forecast, but PostgreSQL does not hold it to that
         */
        storageMb?: number | null;
      };
    };
    output: TenantSettings;
  };
  /**
   * Show whether a tenant's app is in maintenance, and who is served nevertheless.
   */
  "maintenance.show": {
    input: {
      id: string;
    };
    output: {
      maintenance: Maintenance | null;
      /**
       * where you come from, for who wants to be served nevertheless
       */
      yourAddress: string | null;
    };
  };
  /**
   * Put a tenant's app into maintenance, or change what it says: visitors get 503 with the message.
   */
  "maintenance.start": {
    input: {
      id: string;
      message?: string;
      /**
       * addresses and networks (CIDR) that are served as ever
       *
       * @maxItems 100
       */
      allow?: string[];
      /**
       * what Retry-After says
       */
      retryAfterSeconds?: number;
      /**
       * when it ends by itself; null: when somebody ends it
       */
      until?: string | null;
    };
    output: {
      maintenance: Maintenance;
      /**
       * who brings it is served as ever; shown once, and a new one each time
       */
      bypassToken: string;
      /**
       * opens the app with that token, which its cookie then holds
       */
      bypassUrl: string;
    };
  };
  /**
   * End a tenant's maintenance.
   */
  "maintenance.end": {
    input: {
      id: string;
    };
    output: {
      maintenance: null;
    };
  };
  /**
   * Make a link that opens a tenant's app as support: for one use, within 60 seconds, with a reason.
   */
  "support.open": {
    input: {
      id: string;
      reason: string;
      /**
       * how long the session in the app lasts
       */
      minutes?: number;
    };
    output: {
      access: SupportAccess;
      /**
       * the link, with its token: shown once
       */
      url: string;
      expiresAt: string;
    };
  };
  /**
   * List who opened, or wanted to open, a tenant's app as support, newest first.
   */
  "support.list": {
    input: {
      id: string;
      state?: ("open" | "unused" | "active" | "ended")[];
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      access: SupportAccess[];
      next: string | null;
    };
  };
  /**
   * End a support session in a tenant's app, or take back its link; the app sees it within a second.
   */
  "support.end": {
    input: {
      id: string;
      access: string;
    };
    output: SupportAccess;
  };
  /**
   * List a tenant's own domains with the state of each and the TXT record that proves it.
   */
  "domains.list": {
    input: {
      id: string;
      fields?: string;
    };
    output: {
      domains: Domain[];
      /**
       * the host every tenant has: {slug}.<TENANTRY_APP_DOMAIN>
       */
      builtIn: string;
    };
  };
  /**
   * Add a domain to a tenant: it answers once its TXT record is seen. Refused when another tenant has proven it.
   */
  "domains.add": {
    input: {
      id: string;
      hostname: string;
    };
    output: Domain;
  };
  /**
   * Show one of a tenant's own domains.
   */
  "domains.show": {
    input: {
      id: string;
      domain: string;
      fields?: string;
    };
    output: Domain;
  };
  /**
   * Remove a domain from a tenant: it no longer answers, and somebody else can prove it.
   */
  "domains.remove": {
    input: {
      id: string;
      domain: string;
    };
    output: {
      domains: Domain[];
      /**
       * the host every tenant has: {slug}.<TENANTRY_APP_DOMAIN>
       */
      builtIn: string;
    };
  };
  /**
   * Ask DNS now whether a domain's TXT record is there.
   */
  "domains.verify": {
    input: {
      id: string;
      domain: string;
    };
    output: Domain;
  };
  /**
   * Take a domain as verified without DNS, such as one of a private network: with a reason, and audited.
   */
  "domains.vouch": {
    input: {
      id: string;
      domain: string;
      reason: string;
    };
    output: Domain;
  };
  /**
   * Make a verified domain the one that links to the tenant's app use.
   */
  "domains.setPrimary": {
    input: {
      id: string;
      domain: string;
    };
    output: {
      domains: Domain[];
      /**
       * the host every tenant has: {slug}.<TENANTRY_APP_DOMAIN>
       */
      builtIn: string;
    };
  };
  /**
   * List the saved filters of the tenants' list.
   */
  "filters.list": {
    input: {
      fields?: string;
    };
    output: {
      filters: SavedFilter[];
    };
  };
  /**
   * Save a filter of the tenants' list under a name; the same name again replaces one's own.
   */
  "filters.save": {
    input: {
      name: string;
      filter: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
    };
    output: SavedFilter;
  };
  /**
   * Show a saved filter.
   */
  "filters.show": {
    input: {
      id: string;
      fields?: string;
    };
    output: SavedFilter;
  };
  /**
   * Change a saved filter or its name: one's own, or with the right to change roles anybody's.
   */
  "filters.edit": {
    input: {
      id: string;
      name?: string;
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
    };
    output: SavedFilter;
  };
  /**
   * Remove a saved filter.
   */
  "filters.remove": {
    input: {
      id: string;
    };
    output: {
      id: string;
    };
  };
  /**
   * List the tables and documents that can be had as files, with their columns and their input.
   */
  "reports.kinds": {
    input: {
      fields?: string;
    };
    output: {
      kinds: ReportKind[];
    };
  };
  /**
   * List reports that were asked for, newest first.
   */
  "reports.list": {
    input: {
      status?: ("waiting" | "running" | "done" | "failed" | "cancelled")[];
      kind?: string[];
      format?: ("csv" | "pdf")[];
      schedule?: string;
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      reports: Report[];
      next: string | null;
    };
  };
  /**
   * Ask for a report: it is made in the background and kept for download.
   */
  "reports.create": {
    input: {
      /**
       * a name from `reports.kinds`
       */
      kind: string;
      /**
       * the kind's own: filters, period, columns
       */
      input?: {
        [k: string]: unknown | undefined;
      };
      /**
       * a name of your own; made from the input unless told
       */
      title?: string;
    };
    output: Report;
  };
  /**
   * Show a report: how far it is, its file, and to whom it was mailed.
   */
  "reports.show": {
    input: {
      id: string;
    };
    output: Report;
  };
  /**
   * Remove a report with its file before its time is over.
   */
  "reports.remove": {
    input: {
      id: string;
    };
    output: {
      id: string;
    };
  };
  /**
   * Cancel a report that is not finished.
   */
  "reports.cancel": {
    input: {
      id: string;
    };
    output: Report;
  };
  /**
   * Download a report's file. It is in the audit trail.
   */
  "reports.download": {
    input: {
      id: string;
    };
    output: unknown;
  };
  /**
   * List the reports that are made regularly, by their names, with the last of each.
   */
  "reportSchedules.list": {
    input: {
      kind?: string[];
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      schedules: ReportSchedule[];
      next: string | null;
    };
  };
  /**
   * Have a report made every day, week or month, and mailed or kept for download.
   */
  "reportSchedules.create": {
    input: {
      name: string;
      /**
       * a name from `reports.kinds`
       */
      kind: string;
      /**
       * the kind's own: filters, period, columns
       */
      input?: {
        [k: string]: unknown | undefined;
      };
      every: "daily" | "weekly" | "monthly";
      at: string;
      /**
       * of a weekly one 1 (Monday) to 7, of a monthly one 1 to 31 (a shorter month's last day stands for it); daily: none
       */
      day?: number | null;
      tz?: string;
      /**
       * previous: the whole day, week or month before it is due; input: the input's range, up to then
       */
      covers?: "previous" | "input";
      /**
       * to whom it is mailed, each in a message of their own; none: it is kept for download
       *
       * @maxItems 50
       */
      recipients?: string[];
      enabled?: boolean;
    };
    output: ReportSchedule;
  };
  /**
   * Show a report's schedule: when it is due, to whom it goes, and what became of the last one.
   */
  "reportSchedules.show": {
    input: {
      id: string;
      fields?: string;
    };
    output: ReportSchedule;
  };
  /**
   * Change a report's schedule; from then on its reports are made with the rights of who changed it last.
   */
  "reportSchedules.edit": {
    input: {
      id: string;
      name?: string;
      /**
       * a name from `reports.kinds`
       */
      kind?: string;
      /**
       * the kind's own: filters, period, columns
       */
      input?: {
        [k: string]: unknown | undefined;
      };
      every?: "daily" | "weekly" | "monthly";
      at?: string;
      /**
       * of a weekly one 1 (Monday) to 7, of a monthly one 1 to 31 (a shorter month's last day stands for it); daily: none
       */
      day?: number | null;
      tz?: string;
      /**
       * previous: the whole day, week or month before it is due; input: the input's range, up to then
       */
      covers?: "previous" | "input";
      /**
       * to whom it is mailed, each in a message of their own; none: it is kept for download
       *
       * @maxItems 50
       */
      recipients?: string[];
      enabled?: boolean;
    };
    output: ReportSchedule;
  };
  /**
   * Remove a report's schedule; the reports that were made for it stay.
   */
  "reportSchedules.remove": {
    input: {
      id: string;
    };
    output: {
      id: string;
    };
  };
  /**
   * Make a schedule's report now, and mail it to its recipients.
   */
  "reportSchedules.run": {
    input: {
      id: string;
    };
    output: Report;
  };
  /**
   * Tell whether mail is set up, from which address it comes, and to which domains it may go.
   */
  "mail.status": {
    input: {};
    output: MailStatus;
  };
  /**
   * Send a test mail to an address, and tell what the mail server answered.
   */
  "mail.test": {
    input: {
      address: string;
    };
    output: {
      address: string;
      sent: boolean;
      /**
       * what the mail server answered, or why it could not be asked
       */
      words: string;
    };
  };
  /**
   * Show the lake of usage: which days stand there as Parquet, which wait to be written, and what went wrong.
   */
  "lake.show": {
    input: {
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      /**
       * false while LAKE_DIR is not set: nothing is written
       */
      on: boolean;
      /**
       * LAKE_DIR
       */
      folder: string | null;
      /**
       * LAKE_LEVEL: how finely new days are written
       */
      level: "minute" | "hour";
      /**
       * days before this one are over and rolled up; null: none is
       */
      closedTo: string | null;
      /**
       * the newest first
       */
      days: LakeDay[];
      next: string | null;
      total: {
        days: number;
        rows: number;
        bytes: number;
      };
      /**
       * those that are written next, 50 at most
       */
      waiting: LakeWaiting[];
      /**
       * how many wait in all
       */
      waitingDays: number;
      /**
       * null: the last attempt went well
       */
      lastError: {
        /**
         * a day of UTC, such as 2026-11-21
         */
        day: string;
        words: string;
        at: string;
      } | null;
    };
  };
  /**
   * Ask that the days of a period be written to the lake again.
   */
  "lake.export": {
    input: {
      /**
       * the first day (UTC)
       */
      from: string;
      /**
       * the last day, which is one of them
       */
      to: string;
    };
    output: {
      /**
       * days that the worker writes now, also those that waited before
       */
      days: number;
      /**
       * days that stand in the lake and stay as they are, since the database has them no more
       */
      leftAlone: number;
    };
  };
  /**
   * Download as CSV: Tenants with their newest figures, filtered as the list is.
   */
  "reports.tables.tenants": {
    input: {
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      schema?: string;
      /**
       * @maxItems 31
       */
      columns?: (
        | "id"
        | "slug"
        | "name"
        | "status"
        | "statusReason"
        | "plan"
        | "region"
        | "tags"
        | "server"
        | "database"
        | "domain"
        | "createdAt"
        | "updatedAt"
        | "schemaVersion"
        | "schemaDrifted"
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory"
        | "measuredAt"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: What tenants used over a period, a row a tenant and minute, hour or day (UTC).
   */
  "reports.tables.usage": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      /**
       * @maxItems 1000
       */
      tenant?: string[];
      level?: "minute" | "hour" | "day";
      /**
       * @maxItems 49
       */
      columns?: (
        | "tenant"
        | "name"
        | "tenantId"
        | "at"
        | "cpu_mean"
        | "cpu_min"
        | "cpu_max"
        | "memory_mean"
        | "memory_min"
        | "memory_max"
        | "buffers_mean"
        | "buffers_min"
        | "buffers_max"
        | "storage_mean"
        | "storage_min"
        | "storage_max"
        | "requests_mean"
        | "requests_min"
        | "requests_max"
        | "transactions_mean"
        | "transactions_min"
        | "transactions_max"
        | "connections_mean"
        | "connections_min"
        | "connections_max"
        | "cacheHit_mean"
        | "cacheHit_min"
        | "cacheHit_max"
        | "latency_mean"
        | "latency_min"
        | "latency_max"
        | "pooled_mean"
        | "pooled_min"
        | "pooled_max"
        | "waits_mean"
        | "waits_min"
        | "waits_max"
        | "waitTime_mean"
        | "waitTime_min"
        | "waitTime_max"
        | "errors_mean"
        | "errors_min"
        | "errors_max"
        | "appCpu_mean"
        | "appCpu_min"
        | "appCpu_max"
        | "appMemory_mean"
        | "appMemory_min"
        | "appMemory_max"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: What happened to tenants over a period, newest first.
   */
  "reports.tables.activities": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      tenant?: string;
      type?: string[];
      actor?: string;
      text?: string;
      /**
       * @maxItems 9
       */
      columns?: ("id" | "at" | "tenant" | "tenantId" | "name" | "type" | "description" | "actor" | "ipAddress")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Tenants' own domains with the state of each and the TXT record that proves it.
   */
  "reports.tables.domains": {
    input: {
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      tenant?: string;
      /**
       * @maxItems 15
       */
      columns?: (
        | "id"
        | "tenant"
        | "tenantId"
        | "name"
        | "hostname"
        | "primary"
        | "state"
        | "recordName"
        | "recordValue"
        | "verifiedAt"
        | "verifiedBy"
        | "checkedAt"
        | "checkError"
        | "nextCheckAt"
        | "createdAt"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Tenants by where their schema stands.
   */
  "reports.tables.tenantSchemas": {
    input: {
      state?: ("current" | "behind" | "failed" | "drifted" | "unknown")[];
      version?: string;
      search?: string;
      /**
       * @maxItems 12
       */
      columns?: (
        | "tenant"
        | "tenantId"
        | "name"
        | "status"
        | "server"
        | "states"
        | "version"
        | "behind"
        | "differences"
        | "error"
        | "errorAt"
        | "checkedAt"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Bulk runs with what became of their tenants, newest first.
   */
  "reports.tables.bulkRuns": {
    input: {
      status?: (
        "planned" | "awaiting_second" | "running" | "paused" | "cancelling" | "cancelled" | "finished" | "expired"
      )[];
      action?: string[];
      tenant?: string;
      /**
       * @maxItems 24
       */
      columns?: (
        | "id"
        | "title"
        | "action"
        | "status"
        | "reason"
        | "selection"
        | "note"
        | "total"
        | "pending"
        | "running"
        | "done"
        | "skipped"
        | "failed"
        | "cancelled"
        | "plannedBy"
        | "plannedAt"
        | "confirmedBy"
        | "confirmedAt"
        | "secondBy"
        | "secondAt"
        | "startedAt"
        | "finishedAt"
        | "undoOf"
        | "input"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: The tenants of a bulk run and what became of each.
   */
  "reports.tables.bulkItems": {
    input: {
      run: string;
      status?: ("pending" | "running" | "done" | "skipped" | "failed" | "cancelled")[];
      wave?: number;
      warned?: string;
      search?: string;
      /**
       * @maxItems 15
       */
      columns?: (
        | "position"
        | "tenant"
        | "tenantId"
        | "name"
        | "server"
        | "wave"
        | "status"
        | "warnings"
        | "words"
        | "attempts"
        | "notBefore"
        | "startedAt"
        | "finishedAt"
        | "undoable"
        | "file"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Which tenant used how much over a period, and what part of the whole.
   */
  "reports.tables.tenantUse": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      sort?:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory"
        | "name";
      order?: "asc" | "desc";
      by?: "avg" | "max" | "sum" | "change";
      /**
       * @maxItems 80
       */
      columns?: (
        | "tenant"
        | "tenantId"
        | "name"
        | "status"
        | "plan"
        | "cpu_mean"
        | "cpu_max"
        | "cpu_sum"
        | "cpu_before"
        | "cpu_share"
        | "memory_mean"
        | "memory_max"
        | "memory_sum"
        | "memory_before"
        | "memory_share"
        | "buffers_mean"
        | "buffers_max"
        | "buffers_sum"
        | "buffers_before"
        | "buffers_share"
        | "storage_mean"
        | "storage_max"
        | "storage_sum"
        | "storage_before"
        | "storage_share"
        | "requests_mean"
        | "requests_max"
        | "requests_sum"
        | "requests_before"
        | "requests_share"
        | "transactions_mean"
        | "transactions_max"
        | "transactions_sum"
        | "transactions_before"
        | "transactions_share"
        | "connections_mean"
        | "connections_max"
        | "connections_sum"
        | "connections_before"
        | "connections_share"
        | "cacheHit_mean"
        | "cacheHit_max"
        | "cacheHit_sum"
        | "cacheHit_before"
        | "cacheHit_share"
        | "latency_mean"
        | "latency_max"
        | "latency_sum"
        | "latency_before"
        | "latency_share"
        | "pooled_mean"
        | "pooled_max"
        | "pooled_sum"
        | "pooled_before"
        | "pooled_share"
        | "waits_mean"
        | "waits_max"
        | "waits_sum"
        | "waits_before"
        | "waits_share"
        | "waitTime_mean"
        | "waitTime_max"
        | "waitTime_sum"
        | "waitTime_before"
        | "waitTime_share"
        | "errors_mean"
        | "errors_max"
        | "errors_sum"
        | "errors_before"
        | "errors_share"
        | "appCpu_mean"
        | "appCpu_max"
        | "appCpu_sum"
        | "appCpu_before"
        | "appCpu_share"
        | "appMemory_mean"
        | "appMemory_max"
        | "appMemory_sum"
        | "appMemory_before"
        | "appMemory_share"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: What the fleet used over time, a row a step: sums over tenants, but means of response time, time waited and cache hits.
   */
  "reports.tables.fleetUse": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      /**
       * @maxItems 18
       */
      columns?: (
        | "at"
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory"
        | "cpu_unattributed"
        | "memory_unattributed"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Who was served worst over a period, by response time, errors, waits and cache hits.
   */
  "reports.tables.performance": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
      /**
       * @maxItems 10
       */
      columns?: ("metric" | "rank" | "tenant" | "tenantId" | "name" | "mean" | "min" | "max" | "known" | "before")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Two to eight tenants over time, a row a tenant and step.
   */
  "reports.tables.compare": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      /**
       * @minItems 2
       * @maxItems 8
       */
      tenant: string[];
      metric?:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory";
      mode?: "absolute" | "normalised" | "share";
      /**
       * @maxItems 6
       */
      columns?: ("tenant" | "tenantId" | "name" | "metric" | "at" | "value")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: One metric of many tenants over time, a row a tenant and step.
   */
  "reports.tables.heatmap": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      metric?:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory";
      sort?: "mean" | "peak" | "name";
      top?: number;
      /**
       * @maxItems 6
       */
      columns?: ("tenant" | "tenantId" | "name" | "metric" | "at" | "value")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: How the fleet grows, a row a step: tenants made and gone, and storage.
   */
  "reports.tables.growth": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      /**
       * @maxItems 5
       */
      columns?: ("at" | "tenants" | "created" | "deleted" | "storage")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: The tenants whose storage grows fastest.
   */
  "reports.tables.fastestGrowing": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
      /**
       * @maxItems 6
       */
      columns?: ("tenant" | "tenantId" | "name" | "from" | "to" | "perDay")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Sign-ins of tenants' own users over a period, by tenant.
   */
  "reports.tables.signIns": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      tenant?: string;
      top?: number;
      /**
       * @maxItems 7
       */
      columns?: ("tenant" | "tenantId" | "name" | "succeeded" | "failed" | "users" | "lastAt")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Sign-ins of tenants' own users, a row a step.
   */
  "reports.tables.signInsOverTime": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      tenant?: string;
      /**
       * @maxItems 3
       */
      columns?: ("at" | "succeeded" | "failed")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Addresses from which sign-ins of tenants' own users failed most.
   */
  "reports.tables.failingAddresses": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      tenant?: string;
      top?: number;
      /**
       * @maxItems 4
       */
      columns?: ("address" | "failed" | "tenants" | "lastAt")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: What was out of the ordinary over a period, what goes on first, then the newest.
   */
  "reports.tables.anomalies": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      tenant?: string;
      metric?: (
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory"
      )[];
      /**
       * @maxItems 11
       */
      columns?: (
        "id" | "tenant" | "tenantId" | "name" | "metric" | "from" | "to" | "direction" | "peak" | "expected" | "score"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: When storage or connections of servers and tenants reach their limit, the soonest first.
   */
  "reports.tables.forecasts": {
    input: {
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      metric?: "storage" | "connections";
      horizonDays?: number;
      top?: number;
      /**
       * @maxItems 15
       */
      columns?: (
        | "kind"
        | "subject"
        | "id"
        | "metric"
        | "now"
        | "daysOld"
        | "limit"
        | "limitSource"
        | "perDay"
        | "reached"
        | "days"
        | "soonest"
        | "latest"
        | "refused"
        | "historyDays"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: How full each server is: disk, connections, memory and CPU, with when it will be full.
   */
  "reports.tables.capacity": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      /**
       * @maxItems 19
       */
      columns?: (
        | "server"
        | "serverId"
        | "region"
        | "tenants"
        | "diskUsedMiB"
        | "diskTotalMiB"
        | "diskFreeMiB"
        | "diskSource"
        | "connections"
        | "connectionsPeak"
        | "connectionsLimit"
        | "cpuMean"
        | "cpuPeak"
        | "cores"
        | "memoryMean"
        | "memoryPeak"
        | "memoryTotalMiB"
        | "storageFullInDays"
        | "connectionsFullInDays"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Whose rise in use goes with whose rise in response time on one server. A correlation, not a cause.
   */
  "reports.tables.neighbours": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      server: string;
      load?: "cpu" | "transactions" | "buffers" | "connections";
      felt?: "latency" | "cacheHit" | "waitTime";
      top?: number;
      /**
       * @maxItems 8
       */
      columns?: ("noisy" | "noisyId" | "suffers" | "suffersId" | "correlation" | "lagSteps" | "steps" | "chance")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: The database servers of the fleet with their state.
   */
  "reports.tables.servers": {
    input: {
      search?: string;
      region?: string[];
      /**
       * Items: whether its figures are current
       */
      state?: ("ok" | "stale" | "unreachable" | "new")[];
      /**
       * @maxItems 14
       */
      columns?: (
        | "id"
        | "name"
        | "region"
        | "host"
        | "port"
        | "version"
        | "pooler"
        | "poolerMode"
        | "storageCapacityMb"
        | "accepting"
        | "tenants"
        | "state"
        | "lastTickAt"
        | "lastError"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: The app processes that use the runtime, with their pools' figures since their start.
   */
  "reports.tables.processes": {
    input: {
      ended?: boolean | string;
      /**
       * @maxItems 22
       */
      columns?: (
        | "id"
        | "app"
        | "host"
        | "pid"
        | "state"
        | "startedAt"
        | "seenAt"
        | "stoppedAt"
        | "tenants"
        | "open"
        | "idle"
        | "waiting"
        | "connects"
        | "reuses"
        | "waits"
        | "waitMs"
        | "evictions"
        | "timeouts"
        | "losses"
        | "lookups"
        | "memoryHits"
        | "redisHits"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: The 200 tenants to which running app processes keep most connections, or whose requests waited most.
   */
  "reports.tables.pools": {
    input: {
      process?: string;
      sort?: "open" | "waiting" | "waits" | "waitMs" | "timeouts" | "evictions" | "connects";
      /**
       * @maxItems 13
       */
      columns?: (
        | "tenant"
        | "tenantId"
        | "name"
        | "processes"
        | "open"
        | "idle"
        | "waiting"
        | "connects"
        | "reuses"
        | "waits"
        | "waitMs"
        | "evictions"
        | "timeouts"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: The tenants' schema migrations, and how many tenants are at each.
   */
  "reports.tables.migrations": {
    input: {
      /**
       * @maxItems 4
       */
      columns?: ("name" | "checksum" | "reversible" | "tenants")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Of each server whether its tenants were proven to be apart, and when.
   */
  "reports.tables.isolationServers": {
    input: {
      /**
       * @maxItems 12
       */
      columns?: (
        | "server"
        | "serverId"
        | "state"
        | "checkedAt"
        | "triedAt"
        | "tenants"
        | "roles"
        | "pairs"
        | "findings"
        | "tookMs"
        | "error"
        | "askedBy"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Leaks between tenants that are open, or were.
   */
  "reports.tables.isolationFindings": {
    input: {
      state?: "open" | "resolved" | "all";
      server?: string;
      tenant?: string;
      rule?: string;
      /**
       * @maxItems 12
       */
      columns?: (
        | "id"
        | "server"
        | "tenant"
        | "tenantId"
        | "rule"
        | "subject"
        | "words"
        | "mend"
        | "firstSeen"
        | "lastSeen"
        | "resolvedAt"
        | "stale"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: What is wrong across the registry and every server, the worst first.
   */
  "reports.tables.findings": {
    input: {
      rule?: (
        | "server-unreachable"
        | "server-unmeasured"
        | "server-twice"
        | "secret-unreadable"
        | "database-missing"
        | "role-missing"
        | "role-foreign"
        | "wrong-owner"
        | "status-open"
        | "status-shut"
        | "limits-differ"
        | "step-failed"
        | "step-stuck"
        | "lease-dead"
        | "run-stuck"
        | "schema-failed"
        | "schema-drifted"
        | "schema-behind"
        | "schema-folder"
        | "domain-unproven"
        | "figures-missing"
        | "database-orphan"
        | "role-orphan"
      )[];
      server?: string;
      /**
       * @maxItems 9
       */
      columns?: ("id" | "rule" | "severity" | "subjectKind" | "subject" | "server" | "words" | "mend" | "mendable")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Databases and roles on the servers that no tenant has, and what to do about each.
   */
  "reports.tables.orphans": {
    input: {
      server?: string;
      /**
       * @maxItems 11
       */
      columns?: (
        | "server"
        | "kind"
        | "name"
        | "made"
        | "madeFor"
        | "owner"
        | "canSignIn"
        | "bytes"
        | "sessions"
        | "lastActivityAt"
        | "todo"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Users with their role, scope and last sign-in.
   */
  "reports.tables.users": {
    input: {
      search?: string;
      role?: string[];
      state?: "active" | "deactivated";
      secondFactor?: string;
      sort?: "name" | "email" | "role" | "createdAt" | "lastSignInAt";
      order?: "asc" | "desc";
      /**
       * @maxItems 10
       */
      columns?: (
        | "id"
        | "email"
        | "name"
        | "role"
        | "scope"
        | "secondFactor"
        | "sessions"
        | "lastSignInAt"
        | "deactivatedAt"
        | "createdAt"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Invitations that can still be accepted.
   */
  "reports.tables.invitations": {
    input: {
      search?: string;
      role?: string[];
      /**
       * @maxItems 7
       */
      columns?: ("id" | "email" | "role" | "scope" | "invitedBy" | "createdAt" | "expiresAt")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Built-in and custom roles with their permissions.
   */
  "reports.tables.roles": {
    input: {
      /**
       * @maxItems 5
       */
      columns?: ("name" | "builtIn" | "description" | "permissions" | "users")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: API keys with their rights and last use; secrets are not among what is kept.
   */
  "reports.tables.apiKeys": {
    input: {
      search?: string;
      state?: ("active" | "expired" | "revoked")[];
      sort?: "state" | "name" | "createdAt" | "expiresAt" | "lastUsedAt";
      order?: "asc" | "desc";
      /**
       * @maxItems 14
       */
      columns?: (
        | "id"
        | "name"
        | "prefix"
        | "state"
        | "permissions"
        | "scope"
        | "allowedAddresses"
        | "rateLimit"
        | "createdBy"
        | "createdAt"
        | "expiresAt"
        | "revokedAt"
        | "lastUsedAt"
        | "lastUsedAddress"
      )[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: Addresses that may, or may not, reach the console or the API.
   */
  "reports.tables.ipRules": {
    input: {
      /**
       * @maxItems 7
       */
      columns?: ("id" | "network" | "action" | "area" | "note" | "createdBy" | "createdAt")[];
    };
    output: unknown;
  };
  /**
   * Download as CSV: The audit trail, oldest first, filtered as the list is.
   */
  "reports.tables.audit": {
    input: {
      actor?: string;
      operation?: string;
      outcome?: "done" | "refused";
      actorKind?: "user" | "key" | "system" | "nobody";
      actorId?: string;
      requestId?: string;
      ipAddress?: string;
      target?: string;
      from?: string;
      to?: string;
      /**
       * @maxItems 16
       */
      columns?: (
        | "id"
        | "createdAt"
        | "outcome"
        | "operation"
        | "actorKind"
        | "actorId"
        | "actor"
        | "target"
        | "reason"
        | "input"
        | "before"
        | "after"
        | "requestId"
        | "ipAddress"
        | "userAgent"
        | "hash"
      )[];
    };
    output: unknown;
  };
  /**
   * List the actions that can be run over many tenants, with the shape of each one's input.
   */
  "bulk.actions": {
    input: {
      fields?: string;
    };
    output: {
      actions: Action[];
    };
  };
  /**
   * Plan: activate tenants: their hosts answer, and PostgreSQL lets their roles in.
   */
  "bulk.plan.activate": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput;
      note?: string;
      input?: {
        /**
         * shown with the status
         */
        reason?: string;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: deactivate tenants: their hosts stop answering, their databases stay open.
   */
  "bulk.plan.deactivate": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput1;
      note?: string;
      input?: {
        /**
         * shown with the status
         */
        reason?: string;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: suspend tenants: PostgreSQL keeps their roles out and ends their sessions.
   */
  "bulk.plan.suspend": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput2;
      note?: string;
      input?: {
        /**
         * shown with the status
         */
        reason?: string;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: block tenants, for abuse or legal reasons: PostgreSQL keeps their roles out and ends their sessions.
   */
  "bulk.plan.block": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput3;
      note?: string;
      input?: {
        /**
         * shown with the status
         */
        reason?: string;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: put tenants' apps into maintenance, or change what they say: visitors get 503 with the message.
   */
  "bulk.plan.start-maintenance": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput4;
      note?: string;
      input?: {
        /**
         * what visitors are told
         */
        message?: string;
        /**
         * addresses and networks (CIDR) that are served as ever
         *
         * @maxItems 100
         */
        allow?: string[];
        /**
         * seconds after which programs should ask again
         */
        retryAfterSeconds?: number;
        /**
         * when it ends by itself; without a time, when somebody ends it
         */
        until?: string | null;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: end tenants' maintenance: their apps serve everybody again.
   */
  "bulk.plan.end-maintenance": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput5;
      note?: string;
      input?: {};
    };
    output: BulkRun;
  };
  /**
   * Plan: apply the schema migrations that tenants' databases have not got yet.
   */
  "bulk.plan.migrate": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput6;
      note?: string;
      input?: {
        /**
         * the last migration to apply; the newest unless told
         */
        upTo?: string;
        /**
         * how long a statement waits for somebody else's lock
         */
        lockTimeoutMs?: number;
        /**
         * how long a statement may run
         */
        statementTimeoutMs?: number;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: roll back the newest migration of tenants' databases, where it says how.
   */
  "bulk.plan.rollback": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput7;
      note?: string;
      input: {
        /**
         * the newest that is applied, which needs a down.sql
         */
        migration: string;
        /**
         * how long a statement waits for somebody else's lock
         */
        lockTimeoutMs?: number;
        /**
         * how long a statement may run
         */
        statementTimeoutMs?: number;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: fill tenants' databases with the data that a new one starts with; where that was done, nothing is done.
   */
  "bulk.plan.seed": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput8;
      note?: string;
      input?: {
        /**
         * also where it ran before
         */
        again?: boolean;
        /**
         * how long a statement waits for somebody else's lock
         */
        lockTimeoutMs?: number;
        /**
         * how long a statement may run
         */
        statementTimeoutMs?: number;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: set the plan of tenants.
   */
  "bulk.plan.set-plan": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput9;
      note?: string;
      input: {
        plan: "free" | "starter" | "business" | "enterprise";
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: set limits that PostgreSQL itself holds tenants' roles to, and one of storage that is watched.
   */
  "bulk.plan.set-limits": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput10;
      note?: string;
      input: {
        /**
         * at the same time, not counting those that are open now; null takes the limit away
         */
        connections?: number | null;
        /**
         * seconds, for new sessions, which may change it for themselves; null takes it away
         */
        statementTimeoutSeconds?: number | null;
        /**
         * seconds, for new sessions, which may change it for themselves; null takes it away
         */
        idleInTransactionSeconds?: number | null;
        /**
         * MiB, for new sessions, which may change it for themselves; null takes it away
         */
        workMemMb?: number | null;
        /**
         * MiB on disk; watched and forecast, but PostgreSQL does not enforce it; null takes it away
         */
        storageMb?: number | null;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: add tags to tenants, and take tags off them.
   */
  "bulk.plan.tag": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput11;
      note?: string;
      input: {
        /**
         * tags that they get
         *
         * @maxItems 20
         */
        add?: string[];
        /**
         * tags that they lose
         *
         * @maxItems 20
         */
        remove?: string[];
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: give tenants' database roles new random passwords.
   */
  "bulk.plan.rotate-secret": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput12;
      note?: string;
      input?: {};
    };
    output: BulkRun;
  };
  /**
   * Plan: end every session in tenants' databases; whoever had one can connect again at once.
   */
  "bulk.plan.terminate-connections": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput13;
      note?: string;
      input?: {};
    };
    output: BulkRun;
  };
  /**
   * Plan: vacuum and analyze tenants' databases, or analyze them only.
   */
  "bulk.plan.vacuum": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput14;
      note?: string;
      input?: {
        /**
         * analyze: count anew for the query planner; vacuum: also make room for reuse
         */
        mode?: "analyze" | "vacuum";
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: write all rows of tenants' databases to files, one a tenant, that psql loads.
   */
  "bulk.plan.export-data": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput15;
      note?: string;
      input?: {};
    };
    output: BulkRun;
  };
  /**
   * Plan: put what the action export-data wrote, or an uploaded file of the kind, into tenants' databases.
   */
  "bulk.plan.import-data": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput16;
      note?: string;
      input: {
        /**
         * id of the run whose export is imported
         */
        run?: string;
        /**
         * of the item in that run whose file it is
         */
        position?: number;
        /**
         * an uploaded file, by its SHA-256
         */
        upload?: string;
        /**
         * make the database anew first; else its tables have to be empty
         */
        replace?: boolean;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: check that only tenants' own roles reach their databases; what is found fails the item.
   */
  "bulk.plan.check-isolation": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput17;
      note?: string;
      input?: {};
    };
    output: BulkRun;
  };
  /**
   * Plan: compare the structure of tenants' databases with what their migrations make.
   */
  "bulk.plan.check-schema": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput18;
      note?: string;
      input?: {};
    };
    output: BulkRun;
  };
  /**
   * Plan: make tenants' databases anew from the migrations; everything in them goes, with no way back.
   */
  "bulk.plan.reset": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput19;
      note?: string;
      input?: {
        /**
         * fill it with the data that a new one starts with
         */
        seed?: boolean;
        /**
         * how long a statement waits for somebody else's lock
         */
        lockTimeoutMs?: number;
        /**
         * how long a statement may run
         */
        statementTimeoutMs?: number;
      };
    };
    output: BulkRun;
  };
  /**
   * Plan: delete tenants: they are shut out now, and can be restored until their time of grace is over.
   */
  "bulk.plan.delete": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput20;
      note?: string;
      input?: {};
    };
    output: BulkRun;
  };
  /**
   * Plan: restore deleted tenants within their time of grace, with the status that each had.
   */
  "bulk.plan.restore": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput21;
      note?: string;
      input?: {};
    };
    output: BulkRun;
  };
  /**
   * Plan: purge deleted tenants now: their databases and roles are dropped, with no way back.
   */
  "bulk.plan.purge": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenants?: string[];
      /**
       * as in the tenants' list; {} is all within reach
       */
      filter?: {
        search?: string;
        status?: (
          "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting"
        )[];
        /**
         * @maxItems 200
         */
        plan?: string[];
        /**
         * @maxItems 200
         */
        region?: string[];
        /**
         * tenants that have any of these tags
         *
         * @maxItems 200
         */
        tag?: string[];
        server?: string;
        /**
         * tenants whose newest applied migration is this one
         */
        schema?: string;
      };
      /**
       * the id of a saved filter
       */
      savedFilter?: string;
      /**
       * tenants to leave out of a filter
       *
       * @maxItems 10000
       */
      except?: string[];
      options?: BulkRunOptionsInput22;
      note?: string;
      input?: {};
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: activate tenants: their hosts answer, and PostgreSQL lets their roles in.
   */
  "tenants.run.activate": {
    input: {
      id: string;
      /**
       * shown with the status
       */
      reason?: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: deactivate tenants: their hosts stop answering, their databases stay open.
   */
  "tenants.run.deactivate": {
    input: {
      id: string;
      /**
       * shown with the status
       */
      reason?: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: suspend tenants: PostgreSQL keeps their roles out and ends their sessions.
   */
  "tenants.run.suspend": {
    input: {
      id: string;
      /**
       * shown with the status
       */
      reason?: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: block tenants, for abuse or legal reasons: PostgreSQL keeps their roles out and ends their sessions.
   */
  "tenants.run.block": {
    input: {
      id: string;
      /**
       * shown with the status
       */
      reason?: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: put tenants' apps into maintenance, or change what they say: visitors get 503 with the message.
   */
  "tenants.run.start-maintenance": {
    input: {
      id: string;
      /**
       * what visitors are told
       */
      message?: string;
      /**
       * addresses and networks (CIDR) that are served as ever
       *
       * @maxItems 100
       */
      allow?: string[];
      /**
       * seconds after which programs should ask again
       */
      retryAfterSeconds?: number;
      /**
       * when it ends by itself; without a time, when somebody ends it
       */
      until?: string | null;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: end tenants' maintenance: their apps serve everybody again.
   */
  "tenants.run.end-maintenance": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: apply the schema migrations that tenants' databases have not got yet.
   */
  "tenants.run.migrate": {
    input: {
      id: string;
      /**
       * the last migration to apply; the newest unless told
       */
      upTo?: string;
      /**
       * how long a statement waits for somebody else's lock
       */
      lockTimeoutMs?: number;
      /**
       * how long a statement may run
       */
      statementTimeoutMs?: number;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: roll back the newest migration of tenants' databases, where it says how.
   */
  "tenants.run.rollback": {
    input: {
      id: string;
      /**
       * the newest that is applied, which needs a down.sql
       */
      migration: string;
      /**
       * how long a statement waits for somebody else's lock
       */
      lockTimeoutMs?: number;
      /**
       * how long a statement may run
       */
      statementTimeoutMs?: number;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: fill tenants' databases with the data that a new one starts with; where that was done, nothing is done.
   */
  "tenants.run.seed": {
    input: {
      id: string;
      /**
       * also where it ran before
       */
      again?: boolean;
      /**
       * how long a statement waits for somebody else's lock
       */
      lockTimeoutMs?: number;
      /**
       * how long a statement may run
       */
      statementTimeoutMs?: number;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: set the plan of tenants.
   */
  "tenants.run.set-plan": {
    input: {
      id: string;
      plan: "free" | "starter" | "business" | "enterprise";
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: set limits that PostgreSQL itself holds tenants' roles to, and one of storage that is watched.
   */
  "tenants.run.set-limits": {
    input: {
      id: string;
      /**
       * at the same time, not counting those that are open now; null takes the limit away
       */
      connections?: number | null;
      /**
       * seconds, for new sessions, which may change it for themselves; null takes it away
       */
      statementTimeoutSeconds?: number | null;
      /**
       * seconds, for new sessions, which may change it for themselves; null takes it away
       */
      idleInTransactionSeconds?: number | null;
      /**
       * MiB, for new sessions, which may change it for themselves; null takes it away
       */
      workMemMb?: number | null;
      /**
       * MiB on disk; watched and forecast, but PostgreSQL does not enforce it; null takes it away
       */
      storageMb?: number | null;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: add tags to tenants, and take tags off them.
   */
  "tenants.run.tag": {
    input: {
      id: string;
      /**
       * tags that they get
       *
       * @maxItems 20
       */
      add?: string[];
      /**
       * tags that they lose
       *
       * @maxItems 20
       */
      remove?: string[];
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: give tenants' database roles new random passwords.
   */
  "tenants.run.rotate-secret": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: end every session in tenants' databases; whoever had one can connect again at once.
   */
  "tenants.run.terminate-connections": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: vacuum and analyze tenants' databases, or analyze them only.
   */
  "tenants.run.vacuum": {
    input: {
      id: string;
      /**
       * analyze: count anew for the query planner; vacuum: also make room for reuse
       */
      mode?: "analyze" | "vacuum";
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: write all rows of tenants' databases to files, one a tenant, that psql loads.
   */
  "tenants.run.export-data": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: put what the action export-data wrote, or an uploaded file of the kind, into tenants' databases.
   */
  "tenants.run.import-data": {
    input: {
      id: string;
      /**
       * id of the run whose export is imported
       */
      run?: string;
      /**
       * of the item in that run whose file it is
       */
      position?: number;
      /**
       * an uploaded file, by its SHA-256
       */
      upload?: string;
      /**
       * make the database anew first; else its tables have to be empty
       */
      replace?: boolean;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: check that only tenants' own roles reach their databases; what is found fails the item.
   */
  "tenants.run.check-isolation": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: compare the structure of tenants' databases with what their migrations make.
   */
  "tenants.run.check-schema": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: make tenants' databases anew from the migrations; everything in them goes, with no way back.
   */
  "tenants.run.reset": {
    input: {
      id: string;
      /**
       * fill it with the data that a new one starts with
       */
      seed?: boolean;
      /**
       * how long a statement waits for somebody else's lock
       */
      lockTimeoutMs?: number;
      /**
       * how long a statement may run
       */
      statementTimeoutMs?: number;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: delete tenants: they are shut out now, and can be restored until their time of grace is over.
   */
  "tenants.run.delete": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: restore deleted tenants within their time of grace, with the status that each had.
   */
  "tenants.run.restore": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * For one tenant, at once: purge deleted tenants now: their databases and roles are dropped, with no way back.
   */
  "tenants.run.purge": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * List bulk runs, newest first.
   */
  "bulk.list": {
    input: {
      status?: (
        "planned" | "awaiting_second" | "running" | "paused" | "cancelling" | "cancelled" | "finished" | "expired"
      )[];
      action?: string[];
      tenant?: string;
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      runs: BulkRun[];
      next: string | null;
    };
  };
  /**
   * List the bulk runs that a tenant is or was a part of, newest first.
   */
  "tenants.runs": {
    input: {
      id: string;
      status?: (
        "planned" | "awaiting_second" | "running" | "paused" | "cancelling" | "cancelled" | "finished" | "expired"
      )[];
      action?: string[];
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      runs: BulkRun[];
      next: string | null;
    };
  };
  /**
   * Show a bulk run: its plan, its progress by wave, and the time left.
   */
  "bulk.show": {
    input: {
      id: string;
    };
    output: {
      id: string;
      action: string;
      /**
       * the action and its input in words
       */
      title: string;
      danger: "none" | "disruptive" | "destructive";
      input: {
        [k: string]: unknown | undefined;
      };
      options: {
        canary:
          | (
              | {
                  count: number;
                }
              | {
                  percent: number;
                }
              | {
                  tag: string;
                }
            )
          | null;
        pauseAfterCanary: boolean;
        concurrency: number;
        failureBudget:
          | {
              count: number;
            }
          | {
              percent: number;
            };
        timeoutSeconds: number;
        attempts: number;
      };
      /**
       * which tenants were asked for, in words
       */
      selection: string;
      note: string;
      status:
        "planned" | "awaiting_second" | "running" | "paused" | "cancelling" | "cancelled" | "finished" | "expired";
      /**
       * why it is paused or was cancelled
       */
      reason: string | null;
      /**
       * what a confirmation is bound to
       */
      digest: string;
      /**
       * what it will do, or did, in sentences
       */
      radius: string[];
      total: number;
      counts: {
        [k: string]: number | undefined;
      };
      plannedBy: string;
      plannedAt: string;
      confirmed: {
        name: string;
        at: string;
      } | null;
      /**
       * the second person, where two have to confirm
       */
      second: {
        name: string;
        at: string;
      } | null;
      needsSecond: boolean;
      startedAt: string | null;
      finishedAt: string | null;
      undoOf: string | null;
      /**
       * the newest run that undoes this one
       */
      undoneBy: string | null;
      /**
       * items whose change can be taken back
       */
      undoable: number;
      waves: BulkWave[];
      /**
       * each warning, and of how many items
       */
      warnings: {
        words: string;
        tenants: number;
      }[];
      /**
       * other runs that work on some of the same tenants first
       */
      waitsFor: {
        run: string;
        title: string;
        tenants: number;
      }[];
      /**
       * items that come to an end a second, over the last minute of work
       */
      perSecond: number | null;
      /**
       * at the pace so far, the canary's to begin with; null: not known
       */
      secondsLeft: number | null;
      /**
       * whether the caller has the rights for it
       */
      mayConfirm: boolean;
      /**
       * while planned: tenants that were changed since
       */
      stale: number;
    };
  };
  /**
   * List the tenants of a bulk run and what became of each.
   */
  "bulk.items": {
    input: {
      id: string;
      status?: ("pending" | "running" | "done" | "skipped" | "failed" | "cancelled")[];
      wave?: number;
      warned?: string;
      search?: string;
      position?: number;
      sort?: "position" | "slug" | "startedAt" | "finishedAt";
      order?: "asc" | "desc";
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      items: BulkItem[];
      total: number;
      next: string | null;
    };
  };
  /**
   * List what happened while one tenant of a bulk run was worked on.
   */
  "bulk.itemLog": {
    input: {
      id: string;
      position: number;
      fields?: string;
    };
    output: {
      lines: {
        attempt: number;
        level: "info" | "warning" | "error";
        message: string;
        at: string;
      }[];
    };
  };
  /**
   * Confirm a planned bulk run, by its digest: it begins.
   */
  "bulk.confirm": {
    input: {
      id: string;
      digest: string;
    };
    output: BulkRun;
  };
  /**
   * Make the plan anew from the same selection, since tenants changed: it gets another digest.
   */
  "bulk.replan": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * Pause a bulk run: what runs comes to its end, nothing new begins.
   */
  "bulk.pause": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * Go on with a paused bulk run.
   */
  "bulk.resume": {
    input: {
      id: string;
      /**
       * go on although the failure budget is used up
       */
      ignoreFailures?: boolean;
    };
    output: BulkRun;
  };
  /**
   * Cancel a bulk run: what runs comes to its end, the rest is left as it is.
   */
  "bulk.cancel": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * Try the failed tenants of a bulk run again, under the same confirmation.
   */
  "bulk.retry": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * Plan a bulk run that takes back what this one did; it is confirmed like any other.
   */
  "bulk.undo": {
    input: {
      id: string;
    };
    output: BulkRun;
  };
  /**
   * Download what an action left for one tenant, such as the export of its data.
   */
  "bulk.download": {
    input: {
      id: string;
      position: number;
    };
    output: unknown;
  };
  /**
   * Upload a file that the action import-data puts into tenants' databases; it is kept for a day.
   */
  "uploads.create": {
    input: {};
    output: {
      /**
       * the SHA-256 of the file, by which an import names it
       */
      upload: string;
      bytes: number;
      keptUntil: string;
    };
  };
  /**
   * List users with their role, scope and last sign-in.
   */
  "users.list": {
    input: {
      search?: string;
      role?: string[];
      state?: "active" | "deactivated";
      secondFactor?: string;
      sort?: "name" | "email" | "role" | "createdAt" | "lastSignInAt";
      order?: "asc" | "desc";
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      users: User[];
      next: string | null;
    };
  };
  /**
   * Show a user with their role, scope and last sign-in.
   */
  "users.show": {
    input: {
      id: string;
      fields?: string;
    };
    output: User;
  };
  /**
   * Change a user's role or scope, with no more rights than one's own.
   */
  "users.edit": {
    input: {
      id: string;
      role?: string;
      scope?: ScopeInput;
    };
    output: User;
  };
  /**
   * List where a user is signed in, newest first.
   */
  "users.sessions": {
    input: {
      id: string;
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      sessions: Session[];
      next: string | null;
    };
  };
  /**
   * Sign a user out everywhere.
   */
  "users.endSessions": {
    input: {
      id: string;
    };
    output: {
      ended: number;
    };
  };
  /**
   * Deactivate a user, which ends every session at once (and revokes keys they made, if told), or let them in again.
   */
  "users.setActive": {
    input: {
      id: string;
      active: boolean;
      revokeKeys?: boolean;
    };
    output: User;
  };
  /**
   * Remove a user's authenticator, passkeys and recovery codes and end their sessions; owners only.
   */
  "users.resetSecondFactor": {
    input: {
      id: string;
    };
    output: User;
  };
  /**
   * Make a single-use link by which a user sets a new password; it ends after a day.
   */
  "users.passwordLink": {
    input: {
      id: string;
    };
    output: {
      link: string;
      expiresAt: string;
    };
  };
  /**
   * List invitations that can still be accepted.
   */
  "invitations.list": {
    input: {
      search?: string;
      role?: string[];
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      invitations: Invitation[];
      next: string | null;
    };
  };
  /**
   * Invite somebody by a single-use link, which is shown once and ends after seven days.
   */
  "invitations.create": {
    input: {
      email: string;
      role: string;
      scope?:
        | {
            kind: "all";
          }
        | {
            kind: "region" | "plan" | "tag";
            /**
             * @minItems 1
             * @maxItems 50
             */
            values: string[];
          };
    };
    output: {
      invitation: Invitation;
      link: string;
    };
  };
  /**
   * Show an invitation that can still be accepted.
   */
  "invitations.show": {
    input: {
      id: string;
      fields?: string;
    };
    output: Invitation;
  };
  /**
   * Withdraw an invitation: its link stops working.
   */
  "invitations.withdraw": {
    input: {
      id: string;
    };
    output: Invitation;
  };
  /**
   * Tell whether an invitation's link can still be used, and for whom it is.
   */
  "join.show": {
    input: {
      token: string;
    };
    output: {
      state: "ok" | "used" | "expired" | "unknown";
      email: string | null;
      role: string | null;
      scope: Scope | null;
      invitedBy: string | null;
    };
  };
  /**
   * Accept an invitation: makes the account.
   */
  "join.accept": {
    input: {
      token: string;
      name: string;
      password: string;
    };
    output: {
      email: string;
    };
  };
  /**
   * Tell whether a link to set a new password can still be used.
   */
  "newPassword.show": {
    input: {
      token: string;
    };
    output: {
      state: "ok" | "used" | "expired" | "unknown";
      email: string | null;
    };
  };
  /**
   * Set a new password by a link; every session of the account ends, its second factor stays.
   */
  "newPassword.set": {
    input: {
      token: string;
      password: string;
    };
    output: {
      email: string;
    };
  };
  /**
   * List built-in and custom roles with their permissions.
   */
  "roles.list": {
    input: {
      fields?: string;
    };
    output: {
      roles: Role[];
    };
  };
  /**
   * Show a role with its permissions.
   */
  "roles.show": {
    input: {
      name: string;
      fields?: string;
    };
    output: Role;
  };
  /**
   * Make or change a custom role, with no more permissions than one's own.
   */
  "roles.save": {
    input: {
      name: string;
      description?: string;
      /**
       * @minItems 1
       */
      permissions: (
        | "tenants:read"
        | "tenants:create"
        | "tenants:update"
        | "tenants:status"
        | "tenants:maintain"
        | "tenants:support"
        | "domains:update"
        | "tenants:delete"
        | "tenants:purge"
        | "bulk:read"
        | "bulk:confirm"
        | "bulk:control"
        | "schema:read"
        | "schema:migrate"
        | "databases:maintain"
        | "secrets:rotate"
        | "data:export"
        | "data:import"
        | "data:reset"
        | "servers:read"
        | "servers:create"
        | "servers:update"
        | "servers:delete"
        | "isolation:read"
        | "system:read"
        | "system:maintain"
        | "metrics:read"
        | "metrics:write"
        | "activities:read"
        | "reports:read"
        | "reports:schedule"
        | "audit:read"
        | "users:read"
        | "users:create"
        | "users:update"
        | "users:recover"
        | "roles:read"
        | "roles:update"
        | "keys:read"
        | "keys:create"
        | "keys:delete"
        | "addresses:read"
        | "addresses:update"
      )[];
    };
    output: Role;
  };
  /**
   * Delete a custom role that nobody has any more.
   */
  "roles.remove": {
    input: {
      name: string;
    };
    output: Role;
  };
  /**
   * List API keys; secrets are not among what is kept.
   */
  "keys.list": {
    input: {
      search?: string;
      state?: ("active" | "expired" | "revoked")[];
      sort?: "state" | "name" | "createdAt" | "expiresAt" | "lastUsedAt";
      order?: "asc" | "desc";
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      keys: ApiKey[];
      next: string | null;
    };
  };
  /**
   * Make an API key, with no more rights than one's own; the key is shown once.
   */
  "keys.create": {
    input: {
      name: string;
      /**
       * @minItems 1
       */
      permissions: (
        | "tenants:read"
        | "tenants:create"
        | "tenants:update"
        | "tenants:status"
        | "tenants:maintain"
        | "tenants:support"
        | "domains:update"
        | "tenants:delete"
        | "tenants:purge"
        | "bulk:read"
        | "bulk:confirm"
        | "bulk:control"
        | "schema:read"
        | "schema:migrate"
        | "databases:maintain"
        | "secrets:rotate"
        | "data:export"
        | "data:import"
        | "data:reset"
        | "servers:read"
        | "servers:create"
        | "servers:update"
        | "servers:delete"
        | "isolation:read"
        | "system:read"
        | "system:maintain"
        | "metrics:read"
        | "metrics:write"
        | "activities:read"
        | "reports:read"
        | "reports:schedule"
        | "audit:read"
        | "users:read"
        | "roles:read"
        | "keys:read"
        | "keys:delete"
        | "addresses:read"
      )[];
      scope?:
        | {
            kind: "all";
          }
        | {
            kind: "region" | "plan" | "tag";
            /**
             * @minItems 1
             * @maxItems 50
             */
            values: string[];
          };
      expiresInDays?: number | null;
      /**
       * @maxItems 50
       */
      allowedAddresses?: string[];
      rateLimit?: number | null;
    };
    output: {
      key: ApiKey;
      /**
       * the whole key, shown once
       */
      secret: string;
    };
  };
  /**
   * Show an API key, without its secret.
   */
  "keys.show": {
    input: {
      id: string;
      fields?: string;
    };
    output: ApiKey;
  };
  /**
   * Change a key's name, addresses, rate limit or end; what it may do stays, and is no more than one's own.
   */
  "keys.edit": {
    input: {
      id: string;
      name?: string;
      /**
       * days from now; null: without an end
       */
      expiresInDays?: number | null;
      /**
       * @maxItems 50
       */
      allowedAddresses?: string[];
      rateLimit?: number | null;
    };
    output: ApiKey;
  };
  /**
   * Revoke an API key, at once.
   */
  "keys.revoke": {
    input: {
      id: string;
    };
    output: ApiKey;
  };
  /**
   * Tell who asks: a person, an API key or nobody, with its rights and its limit of requests.
   */
  "caller.show": {
    input: {};
    output: {
      kind: "user" | "key" | "system" | "nobody";
      /**
       * null: nobody
       */
      name: string | null;
      /**
       * null: all of them
       */
      permissions:
        | (
            | "tenants:read"
            | "tenants:create"
            | "tenants:update"
            | "tenants:status"
            | "tenants:maintain"
            | "tenants:support"
            | "domains:update"
            | "tenants:delete"
            | "tenants:purge"
            | "bulk:read"
            | "bulk:confirm"
            | "bulk:control"
            | "schema:read"
            | "schema:migrate"
            | "databases:maintain"
            | "secrets:rotate"
            | "data:export"
            | "data:import"
            | "data:reset"
            | "servers:read"
            | "servers:create"
            | "servers:update"
            | "servers:delete"
            | "isolation:read"
            | "system:read"
            | "system:maintain"
            | "metrics:read"
            | "metrics:write"
            | "activities:read"
            | "reports:read"
            | "reports:schedule"
            | "audit:read"
            | "users:read"
            | "users:create"
            | "users:update"
            | "users:recover"
            | "roles:read"
            | "roles:update"
            | "keys:read"
            | "keys:create"
            | "keys:delete"
            | "addresses:read"
            | "addresses:update"
          )[]
        | null;
      /**
       * the tenants that its rights reach
       */
      scope:
        | {
            kind: "all";
          }
        | {
            kind: "region" | "plan" | "tag";
            /**
             * @minItems 1
             * @maxItems 50
             */
            values: string[];
          };
      /**
       * null: they are not counted
       */
      requestsPerMinute: number | null;
      /**
       * of an API key; null: it does not expire
       */
      expiresAt: string | null;
    };
  };
  /**
   * List the IP rules, and the address that this request came from.
   */
  "ipRules.list": {
    input: {
      fields?: string;
    };
    output: {
      rules: IpRule[];
      yourAddress: string | null;
    };
  };
  /**
   * Allow or deny an address or network; refused when it would lock its author out.
   */
  "ipRules.add": {
    input: {
      network: string;
      action: "allow" | "deny";
      area: "console" | "api" | "both";
      note?: string;
    };
    output: IpRule;
  };
  /**
   * Show an IP rule.
   */
  "ipRules.show": {
    input: {
      id: string;
      fields?: string;
    };
    output: IpRule;
  };
  /**
   * Change an IP rule; refused when it would lock its author out.
   */
  "ipRules.edit": {
    input: {
      id: string;
      network?: string;
      action?: "allow" | "deny";
      area?: "console" | "api" | "both";
      note?: string;
    };
    output: IpRule;
  };
  /**
   * Remove an IP rule; refused when it would lock its author out.
   */
  "ipRules.remove": {
    input: {
      id: string;
    };
    output: IpRule;
  };
  /**
   * List the audit trail, newest first.
   */
  "audit.list": {
    input: {
      actor?: string;
      operation?: string;
      outcome?: "done" | "refused";
      actorKind?: "user" | "key" | "system" | "nobody";
      actorId?: string;
      requestId?: string;
      ipAddress?: string;
      target?: string;
      from?: string;
      to?: string;
      order?: "desc" | "asc";
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      events: {
        id: string;
        operation: string;
        actorKind: "user" | "key" | "system" | "nobody";
        actorId: string | null;
        actor: string;
        outcome: "done" | "refused";
        reason: string | null;
        target: string | null;
        input: unknown;
        before: unknown;
        after: unknown;
        requestId: string;
        ipAddress: string | null;
        userAgent: string | null;
        createdAt: string;
        /**
         * null in rows older than the chain
         */
        hash: string | null;
        /**
         * what the target is called today
         */
        targetName: string | null;
      }[];
      next: string | null;
    };
  };
  /**
   * Show one event of the audit trail.
   */
  "audit.show": {
    input: {
      id: string;
      fields?: string;
    };
    output: {
      id: string;
      operation: string;
      actorKind: "user" | "key" | "system" | "nobody";
      actorId: string | null;
      actor: string;
      outcome: "done" | "refused";
      reason: string | null;
      target: string | null;
      input: unknown;
      before: unknown;
      after: unknown;
      requestId: string;
      ipAddress: string | null;
      userAgent: string | null;
      createdAt: string;
      /**
       * null in rows older than the chain
       */
      hash: string | null;
      /**
       * what the target is called today
       */
      targetName: string | null;
    };
  };
  /**
   * Check every link of the audit trail, and that it holds an end that was noted before.
   */
  "audit.verify": {
    input: {
      noted?: string;
    };
    output: {
      intact: boolean;
      /**
       * links checked
       */
      checked: number;
      /**
       * rows from before the chain, which nothing proves
       */
      older: number;
      /**
       * where the trail ends, as id:hash: note it somewhere else
       */
      end: string | null;
      firstBad: {
        id: string;
        problem: string;
      } | null;
      milliseconds: number;
    };
  };
  /**
   * The public key by which exports of the audit trail are verified without the database.
   */
  "audit.signer": {
    input: {};
    output: {
      /**
       * Ed25519, SPKI in PEM
       */
      publicKey: string;
      fingerprint: string;
    };
  };
  /**
   * Download the audit trail: signed JSON lines, or CSV.
   */
  "audit.export": {
    input: {
      actor?: string;
      operation?: string;
      outcome?: "done" | "refused";
      actorKind?: "user" | "key" | "system" | "nobody";
      actorId?: string;
      requestId?: string;
      ipAddress?: string;
      target?: string;
      from?: string;
      to?: string;
      format?: "jsonl" | "csv";
      /**
       * @maxItems 16
       */
      columns?: (
        | "id"
        | "createdAt"
        | "outcome"
        | "operation"
        | "actorKind"
        | "actorId"
        | "actor"
        | "target"
        | "reason"
        | "input"
        | "before"
        | "after"
        | "requestId"
        | "ipAddress"
        | "userAgent"
        | "hash"
      )[];
    };
    output: unknown;
  };
  /**
   * Show the tenants' schema migrations, and how many tenants are at each.
   */
  "schema.overview": {
    input: {};
    output: {
      folder: string;
      latest: string | null;
      migrations: Migration[];
      /**
       * versions that tenants are at and that the folder does not have; "" is before the first
       */
      elsewhere: {
        version: string;
        tenants: number;
      }[];
      /**
       * a tenant can be in several: drifted and behind
       */
      counts: {
        [k: string]: number | undefined;
      };
      /**
       * why the folder can't be read, such as a migration that was changed
       */
      problem: string | null;
    };
  };
  /**
   * List tenants by where their schema stands.
   */
  "schema.tenants": {
    input: {
      state?: ("current" | "behind" | "failed" | "drifted" | "unknown")[];
      version?: string;
      search?: string;
      sort?: "slug" | "name" | "version" | "checkedAt";
      order?: "asc" | "desc";
      cursor?: string;
      limit?: number;
      page?: number;
      pageSize?: number;
      fields?: string;
    };
    output: {
      tenants: TenantSchema[];
      total: number;
      next: string | null;
    };
  };
  /**
   * Show where a tenant's schema stands and how it differs from what its migrations make.
   */
  "schema.show": {
    input: {
      id: string;
    };
    output: {
      tenant: {
        id: string;
        slug: string;
        name: string;
        status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
      };
      server: string;
      states: ("current" | "behind" | "failed" | "drifted" | "unknown")[];
      version: string | null;
      /**
       * migrations that are missing
       */
      behind: number | null;
      differences: number;
      error: string | null;
      errorAt: string | null;
      /**
       * when its structure was last compared; null: not since its last migration, so drift is not known yet
       */
      checkedAt: string | null;
      /**
       * at most 200
       */
      list: SchemaDifference[];
    };
  };
  /**
   * Show for each server whether its tenants were proven to be apart, when, and what leaks.
   */
  "isolation.overview": {
    input: {};
    output: {
      servers: IsolationServer[];
      rules: {
        name: string;
        /**
         * what it proves, in a sentence
         */
        words: string;
        findings: number;
      }[];
      /**
       * ISOLATION_CHECK_HOURS; 0: only when asked
       */
      everyHours: number;
    };
  };
  /**
   * List the leaks that are open, or were: by server, tenant and rule.
   */
  "isolation.findings": {
    input: {
      state?: "open" | "resolved" | "all";
      server?: string;
      tenant?: string;
      rule?: string;
      sort?: "firstSeen" | "lastSeen" | "rule";
      order?: "asc" | "desc";
      cursor?: string;
      limit?: number;
      page?: number;
      pageSize?: number;
      fields?: string;
    };
    output: {
      findings: IsolationFinding[];
      total: number;
      next: string | null;
    };
  };
  /**
   * Prove isolation now, on one server or on all: it answers when every server was asked.
   */
  "isolation.check": {
    input: {
      server?: string;
    };
    output: {
      servers: IsolationServer[];
      findings: number;
    };
  };
  /**
   * Show how each part of Tenantry stands, measured now: always 200, with an overall state.
   */
  "health.detailed": {
    input: {};
    output: {
      /**
       * the worst of the parts; unknown counts as degraded
       */
      state: "ok" | "degraded" | "down" | "unknown";
      parts: HealthPart[];
      at: string;
      tookMs: number;
    };
  };
  /**
   * Show versions, processes, settings in force without their secrets, retention, limits and counts.
   */
  "system.show": {
    input: {};
    output: {
      /**
       * Tenantry's
       */
      version: string;
      node: string;
      platform: string;
      /**
       * those that answered when asked now
       */
      processes: OwnProcess[];
      /**
       * processes that hold their connection to the control database but did not answer
       */
      silent: number;
      control: {
        /**
         * PostgreSQL's
         */
        version: string;
        database: string;
        /**
         * whether Tenantry starts it itself
         */
        embedded: boolean;
        startedAt: string;
        bytes: number;
      };
      servers: {
        id: string;
        name: string;
        version: string | null;
      }[];
      settings: {
        name: string;
        /**
         * null for a secret, and where nothing is set
         */
        value: string | null;
        /**
         * whether it holds a secret, which is left out
         */
        secret: boolean;
        source: "environment" | "default";
      }[];
      retention: {
        what: string;
        /**
         * 0: for good
         */
        days: number;
      }[];
      limits: {
        what: string;
        value: number;
        unit: string;
      }[];
      counts: {
        [k: string]: number | undefined;
      };
      at: string;
    };
  };
  /**
   * List every cache of every process, with what is counted of it; null is not counted.
   */
  "caches.list": {
    input: {
      fields?: string;
    };
    output: {
      caches: Cache[];
      silent: number;
      at: string;
    };
  };
  /**
   * Forget what caches keep, in every process: what is asked next is read anew.
   */
  "caches.clear": {
    input: {
      /**
       * which; none: all of them
       *
       * @maxItems 10
       */
      caches?: ("answers" | "data-keys" | "resolutions" | "redis")[];
    };
    output: {
      cleared: ("answers" | "data-keys" | "resolutions" | "redis")[];
      /**
       * entries removed from Redis; null where there is none, or it was not cleared
       */
      removed: number | null;
      words: string;
    };
  };
  /**
   * Show how the demo fleet stands: loaded or not, how far loading or removing is, and which tenants are its own.
   */
  "demo.show": {
    input: {};
    output: Demo;
  };
  /**
   * Load the demo fleet: twelve tenants with traffic, bulk runs and a made-up past. The worker does it; what is there stays.
   */
  "demo.load": {
    input: {};
    output: Demo;
  };
  /**
   * Remove the demo fleet: its own tenants with their databases, figures, activities and bulk runs, and nothing else. No way back.
   */
  "demo.remove": {
    input: {};
    output: Demo;
  };
  /**
   * Find what is wrong across the registry and every server; nothing is changed.
   */
  "fleet.diagnose": {
    input: {
      rule?: (
        | "server-unreachable"
        | "server-unmeasured"
        | "server-twice"
        | "secret-unreadable"
        | "database-missing"
        | "role-missing"
        | "role-foreign"
        | "wrong-owner"
        | "status-open"
        | "status-shut"
        | "limits-differ"
        | "step-failed"
        | "step-stuck"
        | "lease-dead"
        | "run-stuck"
        | "schema-failed"
        | "schema-drifted"
        | "schema-behind"
        | "schema-folder"
        | "domain-unproven"
        | "figures-missing"
        | "database-orphan"
        | "role-orphan"
      )[];
      server?: string;
      fields?: string;
    };
    output: {
      /**
       * the worst first; at most 1000, and never more than 200 of a rule
       */
      findings: FleetFinding[];
      /**
       * every rule with how many were found, also beyond those listed
       */
      rules: FleetRule[];
      servers: {
        server: {
          id: string;
          name: string;
        };
        /**
         * false: it did not answer, so what is on it is unknown
         */
        asked: boolean;
        tookMs: number;
      }[];
      at: string;
      tookMs: number;
    };
  };
  /**
   * Mend findings that can be mended without losing anything, after looking again whether they stand.
   */
  "fleet.mend": {
    input: {
      /**
       * ids of findings
       *
       * @minItems 1
       * @maxItems 100
       */
      findings: string[];
    };
    output: {
      results: {
        id: string;
        /**
         * gone: it does not stand any more; refused: nothing mends it by itself; left: there was no time, ask again
         */
        outcome: "mended" | "gone" | "refused" | "failed" | "left";
        words: string;
      }[];
      mended: number;
    };
  };
  /**
   * List databases and roles on the servers that no tenant has, and what to do about each.
   */
  "fleet.orphans": {
    input: {
      server?: string;
      fields?: string;
    };
    output: {
      orphans: Orphan[];
      unasked: {
        server: {
          id: string;
          name: string;
        };
        error: string;
      }[];
      at: string;
    };
  };
  /**
   * Show the newest figures: totals, and the tenants highest in a metric, each with source and age.
   */
  "monitoring.live": {
    input: {
      metric?:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory";
      limit?: number;
      fields?: string;
    };
    output: {
      metric:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory";
      unit: string;
      /**
       * true where the caller's rights reach only some tenants: whole servers are left out then
       */
      partial: boolean;
      tenants: number;
      totals: Usage1;
      /**
       * highest first; tenants at zero are not among them
       */
      top: MonitoredTenant[];
      measuredAt: string | null;
      ageSeconds: number | null;
      at: string;
    };
  };
  /**
   * Show hosts with cores, memory and load, and servers with their disks and what no tenant owns.
   */
  "monitoring.system": {
    input: {};
    output: {
      /**
       * those on which a process of Tenantry answered just now, by its own look at its host
       */
      hosts: {
        host: string;
        cores: number;
        memoryMb: number;
        freeMb: number;
        /**
         * of 1, 5 and 15 minutes; empty where the system does not count it
         */
        load: number[];
        processes: {
          kind: "web" | "worker";
          pid: number;
          memoryMb: number;
        }[];
      }[];
      /**
       * processes that did not answer
       */
      silent: number;
      servers: {
        id: string;
        name: string;
        region: string;
        version: string | null;
        state: "ok" | "stale" | "unreachable" | "new";
        /**
         * known of local servers only, as are memory and disk
         */
        cores: number | null;
        memoryMb: number | null;
        diskTotalMb: number | null;
        diskFreeMb: number | null;
        maxConnections: number | null;
        cpu: {
          /**
           * percent of one core
           */
          tenants: number | null;
          unattributed: number | null;
          /**
           * 0 to 1, of the server's whole
           */
          unattributedShare: number | null;
          source: string | null;
        };
        /**
         * how long the collector's last round took
         */
        roundMs: number | null;
        measuredAt: string | null;
        ageSeconds: number | null;
      }[];
      at: string;
    };
  };
  /**
   * Show connections: by server and state against its limit, tenants by sessions, and app processes' pools.
   */
  "monitoring.connections": {
    input: {
      limit?: number;
      fields?: string;
    };
    output: {
      /**
       * true where the caller's rights reach only some tenants: whole servers are left out then
       */
      partial: boolean;
      servers: {
        id: string;
        name: string;
        answered: boolean;
        /**
         * why it did not answer, within 4 s
         */
        error: string | null;
        /**
         * clients' sessions, asked now of pg_stat_activity
         */
        total: number | null;
        /**
         * active, idle, idle in transaction…
         */
        byState: {
          [k: string]: number | undefined;
        };
        /**
         * max_connections
         */
        limit: number | null;
        /**
         * of those, for superusers and reserved roles
         */
        reserved: number | null;
        left: number | null;
      }[];
      /**
       * tenants by connections
       */
      top: MonitoredTenant[];
      pools: {
        /**
         * app processes that run
         */
        processes: number;
        open: number;
        idle: number;
        waiting: number;
        source: "runtime_pools";
      };
      at: string;
    };
  };
  /**
   * Show transactions, cache hits, temporary bytes, deadlocks, slow statements and response times.
   */
  "monitoring.performance": {
    input: {
      limit?: number;
      fields?: string;
    };
    output: {
      /**
       * true where the caller's rights reach only some tenants: whole servers are left out then
       */
      partial: boolean;
      servers: {
        id: string;
        name: string;
        answered: boolean;
        /**
         * why it did not answer, within 4 s
         */
        error: string | null;
        /**
         * per second, as of measuredAt
         */
        transactions: number | null;
        measuredAt: string | null;
        ageSeconds: number | null;
        /**
         * percent of pages read since countedSince
         */
        cacheHit: number | null;
        /**
         * written since countedSince
         */
        tempBytes: number | null;
        /**
         * since countedSince
         */
        deadlocks: number | null;
        /**
         * when these counters began anew; null: with the cluster
         */
        countedSince: string | null;
        /**
         * that have been running for over a second
         */
        long: {
          statements: number;
          longestSeconds: number | null;
        } | null;
        /**
         * where slow statements are from; null: pg_stat_statements isn't there
         */
        slowFrom: string | null;
      }[];
      /**
       * tenants' statements of the longest mean, since pg_stat_statements was last reset
       */
      slow: {
        server: {
          id: string;
          name: string;
        };
        tenant: {
          id: string;
          slug: string;
          name: string;
        };
        /**
         * as pg_stat_statements keeps it, with $1 for constants; at most 300 characters
         */
        statement: string;
        calls: number;
        meanMs: number;
        totalMs: number;
      }[];
      responses: {
        /**
         * weighed by requests; null where no tenant has any
         */
        meanMs: number | null;
        /**
         * per second
         */
        requests: number | null;
        /**
         * per second, of apps that tell
         */
        errors: number | null;
        /**
         * with a response time
         */
        tenants: number;
        window: string;
      };
      /**
       * tenants by mean response time
       */
      slowest: MonitoredTenant[];
      at: string;
    };
  };
  /**
   * Show memory: backends' own, shared buffers, what no tenant owns, and tenants by memory. MiB.
   */
  "monitoring.memory": {
    input: {
      limit?: number;
      fields?: string;
    };
    output: {
      /**
       * true where the caller's rights reach only some tenants: whole servers are left out then
       */
      partial: boolean;
      servers: {
        id: string;
        name: string;
        answered: boolean;
        /**
         * why it did not answer, within 4 s
         */
        error: string | null;
        /**
         * tenants' backends
         */
        private: number | null;
        unattributed: number | null;
        source: string | null;
        /**
         * tenants' pages in shared buffers
         */
        buffers: number | null;
        /**
         * shared_buffers, asked now
         */
        sharedBuffers: number | null;
        /**
         * the host's memory, where the server is local
         */
        host: number | null;
        measuredAt: string | null;
        ageSeconds: number | null;
      }[];
      top: MonitoredTenant[];
      at: string;
    };
  };
  /**
   * One answer for a wall display: counts, health, totals, servers, runs at work, open anomalies and leaks.
   */
  "monitoring.dashboard": {
    input: {};
    output: {
      /**
       * true where the caller's rights reach only some tenants: whole servers are left out then
       */
      partial: boolean;
      /**
       * the worst of health
       */
      state: "ok" | "warning" | "down";
      tenants: number;
      counts: {
        [k: string]: number | undefined;
      };
      totals: Usage;
      health: {
        name: string;
        state: "ok" | "warning" | "down";
        detail: string;
      }[];
      servers: {
        id: string;
        name: string;
        state: "ok" | "stale" | "unreachable" | "new";
        measuredAt: string | null;
        ageSeconds: number | null;
      }[];
      runs: {
        atWork: number;
        paused: number;
        /**
         * planned, or for a second person
         */
        waiting: number;
      };
      /**
       * that go on
       */
      anomalies: number;
      /**
       * open isolation findings; null where the caller may not know
       */
      leaks: number | null;
      failedSteps: number;
      measuredAt: string | null;
      ageSeconds: number | null;
      at: string;
    };
  };
  /**
   * Show what runs in a tenant's database now, and which of its statements took most time.
   */
  "monitoring.statements": {
    input: {
      id: string;
      limit?: number;
    };
    output: {
      server: {
        id: string;
        name: string;
      };
      database: string;
      answered: boolean;
      /**
       * why the server did not answer, within 4 s
       */
      error: string | null;
      /**
       * the longest first, asked now of pg_stat_activity; null: not known
       */
      running:
        | {
            pid: number;
            /**
             * client backend, autovacuum worker…
             */
            kind: string;
            /**
             * active, idle in transaction…; sessions that are idle are only counted
             */
            state: string;
            /**
             * for how long the statement runs, or the session has been in its state
             */
            seconds: number | null;
            /**
             * for how long its transaction is open
             */
            transactionSeconds: number | null;
            /**
             * the wait event, as PostgreSQL names it; null: it waits for nothing
             */
            waitsFor: string | null;
            /**
             * pids of the sessions that hold the lock it waits for
             */
            blockedBy: number[];
            role: string | null;
            application: string;
            /**
             * its address
             */
            client: string | null;
            /**
             * at most 300 characters; only its first word where the rest may hold a secret, or where only its text with constants is known
             */
            statement: string | null;
            /**
             * whether the statement has its constants: only for who has databases:maintain
             */
            constants: boolean;
          }[]
        | null;
      /**
       * sessions that do nothing
       */
      idle: number | null;
      /**
       * by total time, the most first, from pg_stat_statements; null: not known there
       */
      top:
        | {
            /**
             * with $1 for constants; what goes beyond 4,000 characters is left out, with an ellipsis at its end
             */
            statement: string;
            calls: number;
            totalMs: number;
            meanMs: number;
            rows: number;
            /**
             * 0 to 1, of the time of all statements in this database
             */
            share: number | null;
          }[]
        | null;
      /**
       * when pg_stat_statements began to count; null: not known
       */
      countedSince: string | null;
      /**
       * why `top` is not known: the library is not loaded by the server, or the extension was not created
       */
      missing: ("library" | "extension") | null;
      at: string;
    };
  };
  /**
   * The fleet at a glance: totals, status counts, top tenants and system health.
   */
  "metrics.overview": {
    input: {};
    output: {
      tenants: number;
      counts: {
        [k: string]: number | undefined;
      };
      servers: number;
      totals: Usage;
      top: {
        cpu: TopTenant[];
        memory: TopTenant[];
        storage: TopTenant[];
        requests: TopTenant[];
      };
      health: {
        name: string;
        state: "ok" | "warning" | "down";
        detail: string;
      }[];
      measuredAt: string | null;
    };
  };
  /**
   * Fleet-wide series of CPU, memory, storage and requests over a range.
   */
  "metrics.fleetSeries": {
    input: {
      range?: "5m" | "15m" | "1h" | "6h" | "24h";
    };
    output: {
      from: string;
      to: string;
      stepSeconds: number;
      series: {
        cpu: [number, number | null][];
        cpuUnattributed: [number, number | null][];
        memory: [number, number | null][];
        memoryUnattributed: [number, number | null][];
        buffers: [number, number | null][];
        storage: [number, number | null][];
        requests: [number, number | null][];
        transactions: [number, number | null][];
        connections: [number, number | null][];
      };
      sources: {
        cpu: string | null;
        memory: string | null;
      };
    };
  };
  /**
   * One tenant's series of every metric over a range.
   */
  "metrics.tenantSeries": {
    input: {
      id: string;
      range?: "5m" | "15m" | "1h" | "6h" | "24h";
    };
    output: {
      from: string;
      to: string;
      stepSeconds: number;
      series: {
        [k: string]: [number, number | null][] | undefined;
      };
      sources: {
        [k: string]: string | undefined;
      };
    };
  };
  /**
   * Follow the fleet live, as server-sent events.
   */
  "live.stream": {
    input: {
      topics?: string;
    };
    output: unknown;
  };
  /**
   * List the app processes that use the runtime, with their pools' figures.
   */
  "runtime.processes": {
    input: {
      ended?: boolean | string;
      fields?: string;
    };
    output: {
      processes: RuntimeProcess[];
      at: string;
    };
  };
  /**
   * List tenants by the connections that running app processes keep to them, or by how requests waited.
   */
  "runtime.pools": {
    input: {
      process?: string;
      sort?: "open" | "waiting" | "waits" | "waitMs" | "timeouts" | "evictions" | "connects";
      limit?: number;
      fields?: string;
    };
    output: {
      pools: {
        tenant: {
          id: string;
          slug: string;
          name: string;
        };
        processes: number;
        open: number;
        idle: number;
        /**
         * requests that wait for a connection
         */
        waiting: number;
        /**
         * connections opened
         */
        connects: number;
        /**
         * loans of a connection that was open already
         */
        reuses: number;
        /**
         * loans that had to be waited for
         */
        waits: number;
        /**
         * sum of the times waited
         */
        waitMs: number;
        /**
         * connections closed because they were unused, or another tenant needed the room
         */
        evictions: number;
        /**
         * requests that got 503 because no connection came free
         */
        timeouts: number;
      }[];
      total: number;
      at: string;
    };
  };
  /**
   * Show which app processes keep connections to a tenant's database, and who waits for one.
   */
  "runtime.tenant": {
    input: {
      id: string;
      fields?: string;
    };
    output: {
      holders: {
        process: {
          id: string;
          app: string;
          host: string;
          pid: number;
          /**
           * silent: it has said nothing for 15 seconds
           */
          state: "running" | "silent" | "stopped";
          seenAt: string;
        };
        /**
         * the most connections that this process opens to one tenant
         */
        perTenant: number;
        open: number;
        idle: number;
        /**
         * requests that wait for a connection
         */
        waiting: number;
        /**
         * connections opened
         */
        connects: number;
        /**
         * loans of a connection that was open already
         */
        reuses: number;
        /**
         * loans that had to be waited for
         */
        waits: number;
        /**
         * sum of the times waited
         */
        waitMs: number;
        /**
         * connections closed because they were unused, or another tenant needed the room
         */
        evictions: number;
        /**
         * requests that got 503 because no connection came free
         */
        timeouts: number;
      }[];
      at: string;
    };
  };
  /**
   * How usage is kept: each level with its retention, size, and up to when it is complete.
   */
  "history.show": {
    input: {};
    output: {
      levels: {
        level: "raw" | "minute" | "hour" | "day";
        retentionDays: number;
        /**
         * the oldest partition's begin
         */
        from: string | null;
        /**
         * complete up to here
         */
        until: string | null;
        partitions: number;
        sizeBytes: number;
        /**
         * as the planner estimates them
         */
        rows: number;
        /**
         * how long the newest step of the roll-up took
         */
        tookMs: number | null;
      }[];
      /**
       * minutes of tenants that wait to be rolled up again, since samples came late
       */
      late: number;
      /**
       * how far the minutes are behind now; null: not begun
       */
      behindSeconds: number | null;
    };
  };
  /**
   * The fleet over a period: what it used, how that changed, and which tenants moved most.
   */
  "analytics.overview": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: {
      span: HistorySpan;
      tenants: {
        total: number;
        /**
         * those of which anything is known in the period
         */
        measured: number;
        /**
         * within the period
         */
        created: number;
        /**
         * within the period
         */
        deleted: number;
      };
      /**
       * means over the period and the one before, and the highest step; sums over tenants, but means of latency, waitTime and cacheHit
       */
      totals: {
        [k: string]:
          | {
              now: number | null;
              before: number | null;
              peak: number | null;
            }
          | undefined;
      };
      /**
       * the same over time, a point a step
       */
      series: {
        [k: string]: [number, number | null][] | undefined;
      };
      /**
       * what no tenant owns; null when the question is narrowed to some tenants
       */
      unattributed: {
        cpu: [number, number | null][];
        memory: [number, number | null][];
      } | null;
      movers: {
        [k: string]: Movers | undefined;
      };
    };
  };
  /**
   * Which tenant used how much over a period, and what part of the whole.
   */
  "analytics.tenants": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      sort?:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory"
        | "name";
      order?: "asc" | "desc";
      by?: "avg" | "max" | "sum" | "change";
      page?: number;
      pageSize?: number;
      fields?: string;
    };
    output: {
      span: HistorySpan;
      total: number;
      tenants: {
        tenant: TenantName;
        figures: {
          [k: string]:
            | {
                avg: number | null;
                max: number | null;
                sum: number | null;
                /**
                 * mean of the period before
                 */
                before: number | null;
                /**
                 * part of the sum over all tenants that match, 0 to 1; null for means and ratios
                 */
                share: number | null;
              }
            | undefined;
        };
      }[];
    };
  };
  /**
   * One tenant's history: series of every metric, what happened meanwhile, and what was out of the ordinary.
   */
  "analytics.tenant": {
    input: {
      id: string;
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      metric?: (
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory"
      )[];
    };
    output: {
      span: HistorySpan;
      tenant: TenantName;
      series: {
        [k: string]:
          | {
              avg: [number, number | null][];
              min: [number, number | null][];
              max: [number, number | null][];
              /**
               * all by which it was measured in the period
               */
              sources: string[];
            }
          | undefined;
      };
      /**
       * rank: 1 is the tenant within reach that used most; null where nothing is known
       */
      totals: {
        [k: string]:
          | {
              /**
               * mean over the time for which it is known
               */
              avg: number | null;
              min: number | null;
              /**
               * the highest single value, not a percentile
               */
              max: number | null;
              last: number | null;
              /**
               * value × seconds: of a rate, how many there were
               */
              sum: number | null;
              /**
               * the part of the period for which it is known, 0 to 1
               */
              known: number;
              before: number | null;
              rank: number | null;
            }
          | undefined;
      };
      /**
       * what is usual at that hour of the week; only where enough is known
       */
      baseline: {
        [k: string]:
          | {
              low: [number, number | null][];
              high: [number, number | null][];
            }
          | undefined;
      };
      anomalies: {
        metric:
          | "cpu"
          | "memory"
          | "buffers"
          | "storage"
          | "requests"
          | "transactions"
          | "connections"
          | "cacheHit"
          | "latency"
          | "pooled"
          | "waits"
          | "waitTime"
          | "errors"
          | "appCpu"
          | "appMemory";
        from: string;
        /**
         * null while it goes on
         */
        to: string | null;
        direction: "high" | "low";
        peak: number;
        expected: number;
      }[];
      /**
       * at most 500, the newest
       */
      annotations: {
        at: string;
        type: string;
        description: string;
        actor: string;
      }[];
    };
  };
  /**
   * Memory over a period: the sum, the tenants that used most, how it is spread, and who moved.
   */
  "analytics.memory": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: ResourceUse;
  };
  /**
   * Storage over a period: the sum, the tenants that used most, how it is spread, and who moved.
   */
  "analytics.storage": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: ResourceUse;
  };
  /**
   * CPU over a period: the sum, the tenants that used most, how it is spread, and who moved.
   */
  "analytics.cpu": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: ResourceUse;
  };
  /**
   * Requests over a period: the sum, the tenants that used most, how it is spread, and who moved.
   */
  "analytics.requests": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: ResourceUse;
  };
  /**
   * How fast tenants were served over a period: response times, errors, waits and cache hits, and who had it worst.
   */
  "analytics.performance": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: {
      span: HistorySpan;
      /**
       * over all tenants: response time and time waited weighed by their number (without tenants of which it is unknown; null where all are), errors and waits summed, cache hits the mean
       */
      series: {
        [k: string]: [number, number | null][] | undefined;
      };
      worst: {
        /**
         * the top, worst mean first; also of tenants whose number of requests or waits is unknown
         */
        [k: string]:
          | {
              tenant: TenantName;
              over: Over;
              before: number | null;
            }[]
          | undefined;
      };
      distributions: {
        [k: string]: Distribution | undefined;
      };
    };
  };
  /**
   * Two to eight tenants on one chart: as measured, each by its own peak, or as parts of their sum.
   */
  "analytics.compare": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      /**
       * @minItems 2
       * @maxItems 8
       */
      tenant: string[];
      metric?:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory";
      mode?: "absolute" | "normalised" | "share";
    };
    output: {
      span: HistorySpan;
      metric:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory";
      mode: "absolute" | "normalised" | "share";
      tenants: {
        tenant: TenantName;
        over: Over1;
        /**
         * normalised: percent of the tenant's own peak; share: percent of the sum
         */
        points: [number, number | null][];
        sources: string[];
      }[];
    };
  };
  /**
   * Tenants by time: one metric, a row a tenant, a cell a step.
   */
  "analytics.heatmap": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      metric?:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory";
      sort?: "mean" | "peak" | "name";
      top?: number;
    };
    output: {
      span: HistorySpan;
      metric:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory";
      /**
       * at most 200 steps
       *
       * Items: Unix milliseconds
       */
      columns: number[];
      rows: {
        tenant: TenantName;
        mean: number | null;
        peak: number | null;
        values: (number | null)[];
      }[];
      highest: number | null;
      /**
       * all that match; the rows are the top of them
       */
      tenants: number;
    };
  };
  /**
   * How the fleet grows: tenants made and gone, storage added, and the tenants that grow fastest.
   */
  "analytics.growth": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: {
      span: HistorySpan;
      /**
       * a row a step
       */
      tenants: {
        at: number;
        total: number;
        created: number;
        deleted: number;
      }[];
      /**
       * MiB over all tenants, at the end of each step
       */
      storage: [number, number | null][];
      fastest: {
        tenant: TenantName;
        from: number | null;
        to: number | null;
        /**
         * MiB a day
         */
        perDay: number;
      }[];
    };
  };
  /**
   * What happened in the fleet: activities by type and over time, with every one that matches.
   */
  "analytics.activities": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      type?: string[];
      tenant?: string;
      actor?: string;
      text?: string;
      cursor?: string;
      limit?: number;
      fields?: string;
    };
    output: {
      span: HistorySpan;
      total: number;
      /**
       * whatever `type` says
       */
      types: {
        type: string;
        activities: number;
      }[];
      steps: {
        at: number;
        activities: number;
        failures: number;
      }[];
      activities: Activity[];
      next: string | null;
    };
  };
  /**
   * Sign-ins of tenants' own users, as their apps tell them: successes, failures, and from where.
   */
  "analytics.signIns": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      tenant?: string;
      top?: number;
    };
    output: {
      span: HistorySpan;
      totals: {
        succeeded: number;
        failed: number;
        /**
         * different ones that succeeded
         */
        users: number;
      };
      steps: {
        at: number;
        succeeded: number;
        failed: number;
      }[];
      /**
       * the top by sign-ins
       */
      tenants: {
        tenant: TenantName;
        succeeded: number;
        failed: number;
        users: number;
        lastAt: string | null;
      }[];
      /**
       * addresses with the most failures
       */
      failing: {
        address: string;
        failed: number;
        tenants: number;
        lastAt: string;
      }[];
      /**
       * active tenants within reach of whom nobody signed in
       */
      quiet: number;
      latest: Activity[];
    };
  };
  /**
   * When storage or connections reach their limit: servers and tenants, the soonest first, or one with its band.
   */
  "analytics.forecast": {
    input: {
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      metric?: "storage" | "connections";
      tenant?: string;
      onServer?: string;
      horizonDays?: number;
      top?: number;
    };
    output: {
      /**
       * in words
       */
      method: string;
      /**
       * up to when figures were made up for the demonstration, maybe before `from`; null: all were measured
       */
      madeUpUntil: string | null;
      outlooks: {
        subject:
          | {
              kind: "tenant";
              tenant: TenantName;
            }
          | {
              kind: "server";
              server: {
                id: string;
                name: string;
              };
            };
        metric: "storage" | "connections";
        /**
         * the newest known value
         */
        now: number | null;
        /**
         * how old that is
         */
        daysOld: number;
        limit: number | null;
        /**
         * where the limit comes from, in words
         */
        limitSource: string | null;
        /**
         * how fast it grows, in the metric's unit a day
         */
        perDay: number | null;
        reaching: {
          /**
           * the newest known value is at the limit or above
           */
          reached: boolean;
          /**
           * from now; 0: by now, whether it was `reached` or not; null: not within the horizon
           */
          days: number | null;
          /**
           * at the upper edge of the 80 % band
           */
          soonest: number | null;
          /**
           * at the lower edge; null: not within the horizon
           */
          latest: number | null;
        } | null;
        refused: {
          code: "short" | "gaps" | "flat" | "no_limit";
          /**
           * for people: what is missing, and when it will be there
           */
          words: string;
        } | null;
        historyDays: number;
      }[];
      /**
       * with `tenant` or `onServer` alone
       */
      detail: {
        /**
         * a point a day
         */
        history: [number, number | null][];
        expected: [number, number | null][];
        /**
         * lower edge of the 80 % band
         */
        low: [number, number | null][];
        /**
         * upper edge
         */
        high: [number, number | null][];
        backtest: {
          folds: number;
          horizonDays: number;
          /**
           * mean absolute error, divided by that of 'as today': below 1 is better than that
           */
          error: number;
          /**
           * part of what came that lay within the band, 0 to 1; 0.8 is right
           */
          covered: number;
        } | null;
      } | null;
    };
  };
  /**
   * How full each server is: disk, connections, memory and CPU, with when it will be full.
   */
  "analytics.capacity": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      fields?: string;
    };
    output: {
      span: HistorySpan;
      servers: {
        server: {
          id: string;
          name: string;
          region: string;
        };
        tenants: number;
        disk: {
          /**
           * all tenants' databases
           */
          usedMiB: number | null;
          totalMiB: number | null;
          freeMiB: number | null;
          /**
           * how the size is known, in words; null: it is not
           */
          source: string | null;
        };
        connections: {
          now: number | null;
          peak: number | null;
          limit: number | null;
        };
        cpu: {
          avg: number | null;
          /**
           * at least
           */
          peak: number | null;
          cores: number | null;
        };
        memory: {
          avg: number | null;
          /**
           * at least
           */
          peak: number | null;
          totalMiB: number | null;
        };
        storage: [number, number | null][];
        connected: [number, number | null][];
        outlooks: {
          subject:
            | {
                kind: "tenant";
                tenant: TenantName;
              }
            | {
                kind: "server";
                server: {
                  id: string;
                  name: string;
                };
              };
          metric: "storage" | "connections";
          /**
           * the newest known value
           */
          now: number | null;
          /**
           * how old that is
           */
          daysOld: number;
          limit: number | null;
          /**
           * where the limit comes from, in words
           */
          limitSource: string | null;
          /**
           * how fast it grows, in the metric's unit a day
           */
          perDay: number | null;
          reaching: {
            /**
             * the newest known value is at the limit or above
             */
            reached: boolean;
            /**
             * from now; 0: by now, whether it was `reached` or not; null: not within the horizon
             */
            days: number | null;
            /**
             * at the upper edge of the 80 % band
             */
            soonest: number | null;
            /**
             * at the lower edge; null: not within the horizon
             */
            latest: number | null;
          } | null;
          refused: {
            code: "short" | "gaps" | "flat" | "no_limit";
            /**
             * for people: what is missing, and when it will be there
             */
            words: string;
          } | null;
          historyDays: number;
        }[];
      }[];
    };
  };
  /**
   * What was out of the ordinary: values far from what is usual for that tenant at that hour of the week.
   */
  "analytics.anomalies": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      tenant?: string;
      metric?: (
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory"
      )[];
      page?: number;
      pageSize?: number;
      fields?: string;
    };
    output: {
      span: HistorySpan;
      total: number;
      /**
       * those that go on
       */
      open: number;
      /**
       * how far anomalies are worked out: without it, none found would say too much
       */
      watch: {
        /**
         * that were asked for
         */
        tenants: number;
        /**
         * of them, those of which it is known what is usual
         */
        usual: number;
        /**
         * up to when hours were looked at; null: none was
         */
        until: string | null;
        /**
         * where nothing is usual yet: when there is history enough to say it; null: nothing is known
         */
        possible: string | null;
      };
      anomalies: {
        id: string;
        tenant: TenantName;
        metric:
          | "cpu"
          | "memory"
          | "buffers"
          | "storage"
          | "requests"
          | "transactions"
          | "connections"
          | "cacheHit"
          | "latency"
          | "pooled"
          | "waits"
          | "waitTime"
          | "errors"
          | "appCpu"
          | "appMemory";
        from: string;
        to: string | null;
        direction: "high" | "low";
        peak: number;
        expected: number;
        /**
         * how many usual spreads away
         */
        score: number;
      }[];
    };
  };
  /**
   * Whose rise in use goes with whose rise in response time on one server. A correlation, not a cause.
   */
  "analytics.neighbours": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      server: string;
      load?: "cpu" | "transactions" | "buffers" | "connections";
      felt?: "latency" | "cacheHit" | "waitTime";
      top?: number;
      fields?: string;
    };
    output: {
      span: HistorySpan;
      server: {
        id: string;
        name: string;
      };
      pairs: {
        noisy: TenantName;
        suffers: TenantName;
        /**
         * Spearman's rank correlation, -1 to 1
         */
        correlation: number;
        /**
         * by how many steps the response time follows
         */
        lagSteps: number;
        /**
         * how many steps both are known in
         */
        steps: number;
        /**
         * how likely as strong a one is by chance, over all pairs that were looked at (Benjamini and Hochberg's)
         */
        chance: number;
        load: [number, number | null][];
        felt: [number, number | null][];
      }[];
      /**
       * pairs that were looked at
       */
      looked: number;
      /**
       * why there is none, in words
       */
      refused: string | null;
    };
  };
  /**
   * Take metrics of tenants' apps by OTLP over HTTP.
   */
  "ingest.metrics": {
    input: {
      /**
       * OTLP's ResourceMetrics; each names its tenant by `tenant.id`
       */
      resourceMetrics?: unknown[];
    };
    output: {
      /**
       * when points were not taken, or something needs saying
       */
      partialSuccess?: {
        /**
         * a count: digits as text in JSON, as protobuf has it for 64 bits
         */
        rejectedDataPoints: number | string;
        errorMessage: string;
      };
    };
  };
  /**
   * Adopt the tenants of another registry whose databases are on a server, and say of each of the others why not.
   */
  "registry.import": {
    input: {
      serverId: string;
      /**
       * @minItems 1
       * @maxItems 500
       */
      rows: {
        /**
         * its id in the registry it comes from: by this a later run knows it again
         */
        key: string;
        name: string;
        /**
         * the slug it is to have
         */
        slug: string;
        /**
         * its database's name; null: not known
         */
        database: string | null;
        /**
         * what its connection is to, such as mysql; null: not told
         */
        driver?: string | null;
        /**
         * in the other registry's word; null: active
         */
        status?: string | null;
        /**
         * kept where it is one of the plans
         */
        plan?: string | null;
        /**
         * @maxItems 100
         */
        domains: {
          domain: string;
          createdAt?: string | null;
        }[];
        createdAt?: string | null;
        /**
         * kept with the tenant; nothing here reads them
         */
        settings?: {
          [k: string]: _Schema0Input | undefined;
        };
      }[];
      /**
       * where domains without a dot are below: acme becomes acme.<central domain>
       */
      centralDomain?: string | null;
      /**
       * for tenants whose own is none of the plans
       */
      plan?: "free" | "starter" | "business" | "enterprise";
      /**
       * adopt with the suggested slug where the wanted one can't be had
       */
      suggested?: boolean;
      /**
       * true: nothing is changed, and the answer is the plan
       */
      dryRun?: boolean;
    };
    output: {
      tenants: {
        key: string;
        name: string;
        database: string | null;
        /**
         * the slug it has or would get
         */
        slug: string;
        /**
         * adopt: it would be, in a dry run; adopted: now; already: by an earlier run; left: see the reason; later: this request had no time for it
         */
        outcome: "adopt" | "adopted" | "already" | "left" | "later";
        /**
         * why it was left
         */
        reason:
          | (
              | "no_database"
              | "not_postgresql"
              | "not_found"
              | "database_taken"
              | "duplicate"
              | "invalid_name"
              | "invalid_slug"
              | "slug_taken"
              | "unknown_status"
              | "setup_failed"
              | "unreadable"
            )
          | null;
        /**
         * the same for people, and what to do
         */
        words: string | null;
        /**
         * a slug that is free, where the one it was to have is not
         */
        suggestedSlug: string | null;
        tenant: string | null;
        domains: {
          hostname: string;
          outcome: "add" | "added" | "there" | "left";
          words: string | null;
        }[];
        /**
         * the status it is to have here
         */
        status: ("active" | "inactive" | "suspended" | "blocked") | null;
        /**
         * true: send the row again later, when its set-up has ended, for its status
         */
        again: boolean;
      }[];
      dryRun: boolean;
    };
  };
  /**
   * List tenants by pages, in artflow's form.
   */
  "compat.tenants.list": {
    input: {
      page?: number;
      per_page?: number;
      search?: string;
      status?: "active" | "inactive" | "suspended" | "blocked";
      sort?: "name" | "created_at" | "status";
      order?: "asc" | "desc";
    };
    output: {
      success: true;
      message?: string;
      data: {
        current_page: number;
        data: CompatTenant[];
        from: number | null;
        last_page: number;
        per_page: number;
        to: number | null;
        total: number;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Create a tenant, in artflow's form: its database is made by steps that go on after this.
   */
  "compat.tenants.store": {
    input: {
      name: string;
      /**
       * a domain, or a host under the apps' own domain, which then gives the slug
       */
      domain: string;
      /**
       * needed where there are several servers
       */
      server_id?: string;
      status?: "active";
      /**
       * the steps do so anyway where migrations are configured
       */
      run_migrations?: boolean;
      database_name?: null;
      notes?: string | null;
      settings?: {
        [k: string]: _Schema0Input | undefined;
      };
    };
    output: {
      success: true;
      message?: string;
      data: {
        id: string;
        uuid: string;
        name: string;
        slug: string;
        status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
        database_name: string;
        primary_domain: string | null;
        has_homepage: null;
        /**
         * not measured
         */
        last_accessed_at: null;
        created_at: string;
        updated_at: string;
        domains: CompatDomain[];
        /**
         * the steps tell
         */
        migrations_run: null;
        /**
         * fields that have no place here, and were not kept
         */
        ignored: string[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Create a tenant, in artflow's form: its database is made by steps that go on after this.
   */
  "compat.tenants.create": {
    input: {
      name: string;
      /**
       * a domain, or a host under the apps' own domain, which then gives the slug
       */
      domain: string;
      /**
       * needed where there are several servers
       */
      server_id?: string;
      status?: "active";
      /**
       * the steps do so anyway where migrations are configured
       */
      run_migrations?: boolean;
      database_name?: null;
      notes?: string | null;
      settings?: {
        [k: string]: _Schema0Input | undefined;
      };
    };
    output: {
      success: true;
      message?: string;
      data: {
        id: string;
        uuid: string;
        name: string;
        slug: string;
        status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
        database_name: string;
        primary_domain: string | null;
        has_homepage: null;
        /**
         * not measured
         */
        last_accessed_at: null;
        created_at: string;
        updated_at: string;
        domains: CompatDomain[];
        /**
         * the steps tell
         */
        migrations_run: null;
        /**
         * fields that have no place here, and were not kept
         */
        ignored: string[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Show a tenant, in artflow's form.
   */
  "compat.tenants.show": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        id: string;
        uuid: string;
        name: string;
        slug: string;
        status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
        database_name: string;
        primary_domain: string | null;
        has_homepage: null;
        /**
         * not measured
         */
        last_accessed_at: null;
        created_at: string;
        updated_at: string;
        domains: CompatDomain[];
        statistics: {
          /**
           * MiB, as measured last
           */
          database_size_mb: number | null;
          /**
           * not measured
           */
          tables_count: null;
          last_activity: string | null;
        };
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Change a tenant's name and status, in artflow's form.
   */
  "compat.tenants.update": {
    input: {
      id: string;
      name?: string;
      status?: "active" | "inactive" | "suspended" | "blocked";
      notes?: string | null;
      settings?: {
        [k: string]: _Schema0Input | undefined;
      };
    };
    output: {
      success: true;
      message?: string;
      data: {
        id: string;
        uuid: string;
        name: string;
        slug: string;
        status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
        database_name: string;
        primary_domain: string | null;
        has_homepage: null;
        /**
         * not measured
         */
        last_accessed_at: null;
        created_at: string;
        updated_at: string;
        domains: CompatDomain[];
        /**
         * fields that have no place here, and were not kept
         */
        ignored: string[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Delete a tenant, in artflow's form: with its slug as confirmation, and a time of grace.
   */
  "compat.tenants.remove": {
    input: {
      id: string;
      confirm: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        tenant_id: string;
        purge_after: string | null;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Set a tenant's status, in artflow's form.
   */
  "compat.tenants.status": {
    input: {
      id: string;
      status: "active" | "inactive" | "suspended" | "blocked";
    };
    output: {
      success: true;
      message?: string;
      data: CompatTenant;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Make a tenant active, in artflow's form.
   */
  "compat.tenants.activate": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: CompatTenant;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Make a tenant inactive, in artflow's form.
   */
  "compat.tenants.deactivate": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: CompatTenant;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Make a tenant blocked, in artflow's form.
   */
  "compat.tenants.block": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: CompatTenant;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * List a tenant's domains, in artflow's form.
   */
  "compat.domains.list": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: CompatDomain[];
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Add a domain to a tenant, in artflow's form: it answers once it is proven.
   */
  "compat.domains.create": {
    input: {
      id: string;
      domain: string;
      is_primary?: false;
    };
    output: {
      success: true;
      message?: string;
      data: {
        id: string;
        domain: string;
        tenant_id: string;
        is_primary: boolean;
        verified: boolean;
        created_at: string;
        /**
         * the TXT record that proves it
         */
        record: {
          name: string;
          value: string;
        };
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Remove a domain from a tenant, in artflow's form.
   */
  "compat.domains.remove": {
    input: {
      id: string;
      domain: string;
    };
    output: {
      success: true;
      message?: string;
      data: null;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Migrate a tenant's database, in artflow's form: a run of one tenant, which goes on after this.
   */
  "compat.tenants.migrate": {
    input: {
      id: string;
      fresh?: false;
      seed?: false;
    };
    output: {
      success: true;
      message?: string;
      data: {
        run_id: string;
        /**
         * planned: it waits for a person who confirms it
         */
        status: string;
        /**
         * where the run is seen, confirmed and followed
         */
        address: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Seed a tenant's database, in artflow's form: a run of one tenant, which goes on after this.
   */
  "compat.tenants.seed": {
    input: {
      id: string;
      class?: null;
    };
    output: {
      success: true;
      message?: string;
      data: {
        run_id: string;
        /**
         * planned: it waits for a person who confirms it
         */
        status: string;
        /**
         * where the run is seen, confirmed and followed
         */
        address: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Export a tenant's data, in artflow's form: a run of one tenant, which goes on after this.
   */
  "compat.tenants.export": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        run_id: string;
        /**
         * planned: it waits for a person who confirms it
         */
        status: string;
        /**
         * where the run is seen, confirmed and followed
         */
        address: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Make a tenant's database anew, in artflow's form: with its slug as confirmation.
   */
  "compat.tenants.reset": {
    input: {
      id: string;
      confirm: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        run_id: string;
        /**
         * planned: it waits for a person who confirms it
         */
        status: string;
        /**
         * where the run is seen, confirmed and followed
         */
        address: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Set the status of many tenants, in artflow's form: planned, and done when a person confirms.
   */
  "compat.bulk.status": {
    input: {
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenant_ids?: string[];
      /**
       * @minItems 1
       * @maxItems 10000
       */
      tenant_uuids?: string[];
      status: "active" | "inactive" | "suspended" | "blocked";
    };
    output: {
      success: true;
      message?: string;
      data: {
        run_id: string;
        /**
         * planned: it waits for a person who confirms it
         */
        status: string;
        /**
         * where the run is seen, confirmed and followed
         */
        address: string;
        /**
         * nothing is done before the run is confirmed
         */
        updated_count: 0;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Migrate all tenants, in artflow's form: planned, and done when a person confirms.
   */
  "compat.bulk.migrate-all-tenants": {
    input: {
      fresh?: false;
      seed?: false;
    };
    output: {
      success: true;
      message?: string;
      data: {
        run_id: string;
        /**
         * planned: it waits for a person who confirms it
         */
        status: string;
        /**
         * where the run is seen, confirmed and followed
         */
        address: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Seed all tenants, in artflow's form: planned, and done when a person confirms.
   */
  "compat.bulk.seed-all-tenants": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        run_id: string;
        /**
         * planned: it waits for a person who confirms it
         */
        status: string;
        /**
         * where the run is seen, confirmed and followed
         */
        address: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Begin maintenance of all tenants' apps, in artflow's form: planned, and done when a person confirms.
   */
  "compat.bulk.maintenance-on": {
    input: {
      message?: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        run_id: string;
        /**
         * planned: it waits for a person who confirms it
         */
        status: string;
        /**
         * where the run is seen, confirmed and followed
         */
        address: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * End maintenance of all tenants' apps, in artflow's form: planned, and done when a person confirms.
   */
  "compat.bulk.maintenance-off": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        run_id: string;
        /**
         * planned: it waits for a person who confirms it
         */
        status: string;
        /**
         * where the run is seen, confirmed and followed
         */
        address: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Forget what caches keep, in artflow's form: all of them, in every process.
   */
  "compat.cache.clear": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        cleared: string[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Forget what caches keep, in artflow's form: all of them, in every process.
   */
  "compat.cache.forget": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        cleared: string[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Forget what caches keep, in artflow's form: all of them, in every process.
   */
  "compat.cache.clearAll": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        cleared: string[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Forget what caches keep, in artflow's form: all of them, in every process.
   */
  "compat.cache.forgetAll": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        cleared: string[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Forget what caches keep, in artflow's form: all of them, in every process.
   */
  "compat.cache.clearMonitoring": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        cleared: string[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Count tenants, in artflow's form.
   */
  "compat.stats": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        total_tenants: number;
        active_tenants: number;
        inactive_tenants: number;
        suspended_tenants: number;
        blocked_tenants: number;
        total_domains: number;
        total_databases: number;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Counts and newest figures, in artflow's form.
   */
  "compat.liveStats": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        total_tenants: number;
        active_tenants: number;
        inactive_tenants: number;
        suspended_tenants: number;
        blocked_tenants: number;
        total_domains: number;
        total_databases: number;
        /**
         * of one core, all tenants
         */
        cpu_percent: number | null;
        /**
         * all tenants' backends, MiB
         */
        memory_mb: number | null;
        /**
         * all tenants, MiB
         */
        storage_mb: number | null;
        requests_per_second: number | null;
        transactions_per_second: number | null;
        total_connections: number | null;
        /**
         * 0 to 1
         */
        cache_hit_ratio: number | null;
        measured_at: string | null;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Newest figures of the fleet, in artflow's form; what it made up is null.
   */
  "compat.performance": {
    input: {
      period?: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        /**
         * of one core, all tenants
         */
        cpu_percent: number | null;
        /**
         * all tenants' backends, MiB
         */
        memory_mb: number | null;
        /**
         * all tenants, MiB
         */
        storage_mb: number | null;
        requests_per_second: number | null;
        transactions_per_second: number | null;
        total_connections: number | null;
        /**
         * 0 to 1
         */
        cache_hit_ratio: number | null;
        measured_at: string | null;
        /**
         * not measured here
         */
        response_time: null;
        throughput: number | null;
        /**
         * not measured here
         */
        error_rate: null;
        /**
         * not measured here
         */
        uptime: null;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * What artflow made up about users: all null.
   */
  "compat.activeUsers": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        /**
         * not measured here
         */
        total_active_users: null;
        /**
         * not measured here
         */
        users_last_hour: null;
        /**
         * not measured here
         */
        users_last_day: null;
        /**
         * not measured here
         */
        peak_concurrent: null;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Counts and newest figures, in artflow's form.
   */
  "compat.monitoring.system": {
    input: {
      cache_ttl?: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        timestamp: string;
        /**
         * not measured here
         */
        system: null;
        /**
         * not measured here
         */
        database: null;
        tenants: {
          total_tenants: number;
          active_tenants: number;
          inactive_tenants: number;
          suspended_tenants: number;
          blocked_tenants: number;
          total_domains: number;
          total_databases: number;
        };
        performance: {
          /**
           * of one core, all tenants
           */
          cpu_percent: number | null;
          /**
           * all tenants' backends, MiB
           */
          memory_mb: number | null;
          /**
           * all tenants, MiB
           */
          storage_mb: number | null;
          requests_per_second: number | null;
          transactions_per_second: number | null;
          total_connections: number | null;
          /**
           * 0 to 1
           */
          cache_hit_ratio: number | null;
          measured_at: string | null;
        };
        connections: {
          total_connections: number | null;
          active_connections: number | null;
          sleeping_connections: number | null;
          idle_connections: number | null;
          max_connections: number | null;
          measured_at: string;
        };
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Newest figures of tenants, a page at a time, in artflow's form.
   */
  "compat.monitoring.tenants": {
    input: {
      page?: number;
      per_page?: number;
    };
    output: {
      success: true;
      message?: string;
      data: {
        tenant_id: string;
        tenant_name: string;
        status: string;
        primary_domain: string | null;
        database_name: string;
        /**
         * not measured here
         */
        last_accessed_at: null;
        database_stats: {
          /**
           * not measured here
           */
          tables_count: null;
          total_size_mb: number | null;
          connections: number | null;
        };
        measured_at: string | null;
      }[];
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Newest figures of a tenant, in artflow's form.
   */
  "compat.monitoring.tenant": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        tenant_id: string;
        tenant_name: string;
        status: string;
        primary_domain: string | null;
        database_name: string;
        /**
         * not measured here
         */
        last_accessed_at: null;
        database_stats: {
          /**
           * not measured here
           */
          tables_count: null;
          total_size_mb: number | null;
          connections: number | null;
        };
        measured_at: string | null;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Connections to the servers, asked now, in artflow's form.
   */
  "compat.connectionStats": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        total_connections: number | null;
        active_connections: number | null;
        sleeping_connections: number | null;
        idle_connections: number | null;
        max_connections: number | null;
        measured_at: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Connections to the servers, asked now, in artflow's form.
   */
  "compat.monitoring.connections": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        total_connections: number | null;
        active_connections: number | null;
        sleeping_connections: number | null;
        idle_connections: number | null;
        max_connections: number | null;
        measured_at: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Counts, newest tenants and newest figures, in artflow's form.
   */
  "compat.dashboard": {
    input: {
      refresh?: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        summary: {
          total_tenants: number;
          active_tenants: number;
          inactive_tenants: number;
          suspended_tenants: number;
          blocked_tenants: number;
          total_domains: number;
          total_databases: number;
          total_connections: number | null;
        };
        recent_activity: {
          recent_tenants: CompatTenant[];
          recently_accessed: {
            [k: string]: unknown | undefined;
          }[];
        };
        performance: {
          /**
           * of one core, all tenants
           */
          cpu_percent: number | null;
          /**
           * all tenants' backends, MiB
           */
          memory_mb: number | null;
          /**
           * all tenants, MiB
           */
          storage_mb: number | null;
          requests_per_second: number | null;
          transactions_per_second: number | null;
          total_connections: number | null;
          /**
           * 0 to 1
           */
          cache_hit_ratio: number | null;
          measured_at: string | null;
        };
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Counts, newest tenants and newest figures, in artflow's form.
   */
  "compat.monitoring.dashboard": {
    input: {
      refresh?: string;
    };
    output: {
      success: true;
      message?: string;
      data: {
        summary: {
          total_tenants: number;
          active_tenants: number;
          inactive_tenants: number;
          suspended_tenants: number;
          blocked_tenants: number;
          total_domains: number;
          total_databases: number;
          total_connections: number | null;
        };
        recent_activity: {
          recent_tenants: CompatTenant[];
          recently_accessed: {
            [k: string]: unknown | undefined;
          }[];
        };
        performance: {
          /**
           * of one core, all tenants
           */
          cpu_percent: number | null;
          /**
           * all tenants' backends, MiB
           */
          memory_mb: number | null;
          /**
           * all tenants, MiB
           */
          storage_mb: number | null;
          requests_per_second: number | null;
          transactions_per_second: number | null;
          total_connections: number | null;
          /**
           * 0 to 1
           */
          cache_hit_ratio: number | null;
          measured_at: string | null;
        };
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * How each part of Tenantry stands, in artflow's form.
   */
  "compat.health": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        status: "healthy" | "degraded" | "unhealthy";
        checks: {
          [k: string]:
            | {
                status: string;
                message: string;
              }
            | undefined;
        };
        metrics: {
          total_tenants?: number;
          active_tenants?: number;
          inactive_tenants?: number;
          suspended_tenants?: number;
          blocked_tenants?: number;
          total_domains?: number;
          total_databases?: number;
          /**
           * not measured here
           */
          response_time: null;
          /**
           * not measured here
           */
          memory_usage: null;
        };
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Versions of Tenantry and what it runs on, in artflow's form.
   */
  "compat.systemInfo": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: {
        /**
         * not measured here
         */
        php_version: null;
        /**
         * not measured here
         */
        laravel_version: null;
        /**
         * not measured here
         */
        memory_limit: null;
        /**
         * not measured here
         */
        max_execution_time: null;
        tenantry_version: string;
        node_version: string;
        database_version: string;
        server_time: string;
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * The fleet over a period: what it used, how that changed, and which tenants moved most, in artflow's envelope.
   */
  "compat.analytics.overview": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: {
      success: true;
      message?: string;
      data: {
        span: HistorySpan;
        tenants: {
          total: number;
          /**
           * those of which anything is known in the period
           */
          measured: number;
          /**
           * within the period
           */
          created: number;
          /**
           * within the period
           */
          deleted: number;
        };
        /**
         * means over the period and the one before, and the highest step; sums over tenants, but means of latency, waitTime and cacheHit
         */
        totals: {
          [k: string]:
            | {
                now: number | null;
                before: number | null;
                peak: number | null;
              }
            | undefined;
        };
        /**
         * the same over time, a point a step
         */
        series: {
          [k: string]: [number, number | null][] | undefined;
        };
        /**
         * what no tenant owns; null when the question is narrowed to some tenants
         */
        unattributed: {
          cpu: [number, number | null][];
          memory: [number, number | null][];
        } | null;
        movers: {
          [k: string]: Movers | undefined;
        };
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Which tenant used how much over a period, and what part of the whole, in artflow's envelope.
   */
  "compat.analytics.usage": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      sort?:
        | "cpu"
        | "memory"
        | "buffers"
        | "storage"
        | "requests"
        | "transactions"
        | "connections"
        | "cacheHit"
        | "latency"
        | "pooled"
        | "waits"
        | "waitTime"
        | "errors"
        | "appCpu"
        | "appMemory"
        | "name";
      order?: "asc" | "desc";
      by?: "avg" | "max" | "sum" | "change";
      page?: number;
      pageSize?: number;
    };
    output: {
      success: true;
      message?: string;
      data: {
        span: HistorySpan;
        total: number;
        tenants: {
          tenant: TenantName;
          figures: {
            [k: string]:
              | {
                  avg: number | null;
                  max: number | null;
                  sum: number | null;
                  /**
                   * mean of the period before
                   */
                  before: number | null;
                  /**
                   * part of the sum over all tenants that match, 0 to 1; null for means and ratios
                   */
                  share: number | null;
                }
              | undefined;
          };
        }[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * How fast tenants were served over a period: response times, errors, waits and cache hits, and who had it worst, in artflow's envelope.
   */
  "compat.analytics.performance": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: {
      success: true;
      message?: string;
      data: {
        span: HistorySpan;
        /**
         * over all tenants: response time and time waited weighed by their number (without tenants of which it is unknown; null where all are), errors and waits summed, cache hits the mean
         */
        series: {
          [k: string]: [number, number | null][] | undefined;
        };
        worst: {
          /**
           * the top, worst mean first; also of tenants whose number of requests or waits is unknown
           */
          [k: string]:
            | {
                tenant: TenantName;
                over: Over;
                before: number | null;
              }[]
            | undefined;
        };
        distributions: {
          [k: string]: Distribution | undefined;
        };
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * How the fleet grows: tenants made and gone, storage added, and the tenants that grow fastest, in artflow's envelope.
   */
  "compat.analytics.growth": {
    input: {
      range?: "1h" | "6h" | "24h" | "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      tz?: string;
      granularity?: "auto" | "minute" | "hour" | "day" | "week" | "month";
      width?: number;
      search?: string;
      status?: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
      /**
       * @maxItems 200
       */
      plan?: string[];
      /**
       * @maxItems 200
       */
      region?: string[];
      /**
       * @maxItems 200
       */
      tag?: string[];
      server?: string;
      top?: number;
    };
    output: {
      success: true;
      message?: string;
      data: {
        span: HistorySpan;
        /**
         * a row a step
         */
        tenants: {
          at: number;
          total: number;
          created: number;
          deleted: number;
        }[];
        /**
         * MiB over all tenants, at the end of each step
         */
        storage: [number, number | null][];
        fastest: {
          tenant: TenantName;
          from: number | null;
          to: number | null;
          /**
           * MiB a day
           */
          perDay: number;
        }[];
      };
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Not offered, and answered with 501: tenants-enable-homepage.
   */
  "compat.notOffered.tenants-enable-homepage": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: null;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Not offered, and answered with 501: tenants-disable-homepage.
   */
  "compat.notOffered.tenants-disable-homepage": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: null;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Not offered, and answered with 501: tenants-backup.
   */
  "compat.notOffered.tenants-backup": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: null;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Not offered, and answered with 501: tenants-restore.
   */
  "compat.notOffered.tenants-restore": {
    input: {
      id: string;
    };
    output: {
      success: true;
      message?: string;
      data: null;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Not offered, and answered with 501: import-tenant.
   */
  "compat.notOffered.import-tenant": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: null;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Not offered, and answered with 501: reports-tenants.
   */
  "compat.notOffered.reports-tenants": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: null;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * Not offered, and answered with 501: reports-system.
   */
  "compat.notOffered.reports-system": {
    input: {};
    output: {
      success: true;
      message?: string;
      data: null;
      meta?: {
        [k: string]: string | number | boolean | undefined;
      };
      timestamp: string;
    };
  };
  /**
   * List the kinds of problems the API answers with, and the fixed words of their reasons.
   */
  "problems.list": {
    input: {
      fields?: string;
    };
    output: {
      problems: ProblemKind[];
      reasons: {
        reason: string;
        means: string;
      }[];
    };
  };
  /**
   * Say what a kind of problem means and what to do: the address that a problem's `type` names.
   */
  "problems.show": {
    input: {
      code:
        | "invalid"
        | "unauthenticated"
        | "forbidden"
        | "not_found"
        | "method_not_allowed"
        | "not_acceptable"
        | "conflict"
        | "changed"
        | "too_large"
        | "unsupported_media"
        | "limit"
        | "unavailable"
        | "internal";
      fields?: string;
    };
    output: ProblemKind;
  };
  /**
   * Whether the process runs.
   */
  "health.live": {
    input: {};
    output: {
      state: "ok";
    };
  };
  /**
   * Whether the process can do its work.
   */
  "health.ready": {
    input: {};
    output: {
      state: "ok";
    };
  };
  /**
   * This document.
   */
  "openapi.show": {
    input: {};
    output: {};
  };
}
export interface SignedInUser {
  id: string;
  email: string;
  name: string;
  role: string;
  permissions: (
    | "tenants:read"
    | "tenants:create"
    | "tenants:update"
    | "tenants:status"
    | "tenants:maintain"
    | "tenants:support"
    | "domains:update"
    | "tenants:delete"
    | "tenants:purge"
    | "bulk:read"
    | "bulk:confirm"
    | "bulk:control"
    | "schema:read"
    | "schema:migrate"
    | "databases:maintain"
    | "secrets:rotate"
    | "data:export"
    | "data:import"
    | "data:reset"
    | "servers:read"
    | "servers:create"
    | "servers:update"
    | "servers:delete"
    | "isolation:read"
    | "system:read"
    | "system:maintain"
    | "metrics:read"
    | "metrics:write"
    | "activities:read"
    | "reports:read"
    | "reports:schedule"
    | "audit:read"
    | "users:read"
    | "users:create"
    | "users:update"
    | "users:recover"
    | "roles:read"
    | "roles:update"
    | "keys:read"
    | "keys:create"
    | "keys:delete"
    | "addresses:read"
    | "addresses:update"
  )[];
  scope: Scope;
}
export interface Passkey {
  id: string;
  name: string;
  /**
   * whether it is synchronised between devices
   */
  backedUp: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}
export interface Session {
  id: string;
  current: boolean;
  /**
   * browser and system, as far as the user agent tells
   */
  device: string;
  ipAddress: string | null;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}
export interface Server {
  id: string;
  name: string;
  region: string;
  host: string;
  port: number;
  /**
   * PostgreSQL's version, as the server says it
   */
  version: string | null;
  /**
   * where apps connect, when a pooler stands before it; null: to the server itself
   */
  pooler: {
    host: string;
    port: number;
    mode: "session" | "transaction";
  } | null;
  /**
   * MiB of tenants' data that it can hold, as an administrator says; null: the disk as it is measured
   */
  storageCapacityMb: number | null;
  /**
   * false: no new tenants are placed on it
   */
  accepting: boolean;
  /**
   * how many tenants within reach live on it
   */
  tenants: number;
  /**
   * whether its figures are current
   */
  state: "ok" | "stale" | "unreachable" | "new";
  lastTickAt: string | null;
  lastError: string | null;
}
export interface ServerCheck {
  reachable: boolean;
  /**
   * why it could not be asked, in words for people
   */
  error: string | null;
  /**
   * from opening the connection until it was signed in
   */
  connectMs: number | null;
  /**
   * the median of five round trips of SELECT 1
   */
  latencyMs: number | null;
  version: string | null;
  /**
   * true where nothing can be written: a copy of another server
   */
  standby: boolean | null;
  /**
   * whether this connection was encrypted, as the server says
   */
  tls: boolean | null;
  rights: {
    name: string;
    /**
     * what it is for
     */
    words: string;
    /**
     * false: without it something is less, but tenants can be made
     */
    needed: boolean;
    held: boolean;
  }[];
  /**
   * what PostgreSQL's own extensions add to the figures; empty where it could not be asked
   */
  extensions: {
    name: string;
    /**
     * which figures come from it
     */
    words: string;
    /**
     * what is to be done on the server to have it; null: it is there
     */
    todo: string | null;
  }[];
  /**
   * what PostgreSQL calls its cluster; null: this role may not read it
   */
  systemId: string | null;
  /**
   * servers of the fleet that are one cluster with it
   */
  sameAs: {
    id: string;
    name: string;
  }[];
  /**
   * other servers of the fleet whose cluster is not known: check them too
   */
  notCompared: number;
  checkedAt: string;
}
export interface Tenant {
  id: string;
  slug: string;
  name: string;
  status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
  statusReason: string | null;
  plan: string;
  region: string;
  tags: string[];
  server: {
    id: string;
    name: string;
  };
  database: string;
  role: string;
  adopted: boolean;
  domains: TenantDomain[];
  /**
   * while its app tells visitors that it is being worked on
   */
  maintenance: {
    message: string;
    startedAt: string;
    until: string | null;
  } | null;
  limits: TenantLimits;
  version: number;
  createdAt: string;
  updatedAt: string;
  /**
   * what a restore brings back, while it is deleted
   */
  statusBefore:
    ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting") | null;
  /**
   * when a deleted tenant's database goes; until then it can be restored
   */
  purgeAfter: string | null;
  /**
   * null where it is not known, such as in adopted databases
   */
  schema: {
    /**
     * the newest applied migration; "" when none is
     */
    version: string;
    /**
     * whether the structure differs from its migrations; null: not known
     */
    drifted: boolean | null;
    /**
     * why the newest migration failed
     */
    error: string | null;
  } | null;
  usage: Usage;
  /**
   * when a value last changed
   */
  usageChangedAt: string | null;
  /**
   * when the tenant's server was last measured; older than 10 s is stale
   */
  measuredAt: string | null;
}
export interface TenantDomain {
  hostname: string;
  primary: boolean;
  verified: boolean;
}
export interface TenantLimits {
  /**
   * open at the same time; only an administrator can change it
   */
  connections: number | null;
  /**
   * what new sessions begin with; a session may change it for itself
   */
  statementTimeoutSeconds: number | null;
  /**
   * what new sessions begin with; a session may change it for itself
   */
  idleInTransactionSeconds: number | null;
  /**
   * what new sessions begin with; a session may change it for itself
   */
  workMemMb: number | null;
  /**
   * MiB on disk; watched and forecast, but PostgreSQL does not hold it to that
   */
  storageMb: number | null;
}
export interface Usage {
  [k: string]: Measure | undefined;
}
export interface Measure {
  value: number;
  source:
    | "proc"
    | "active_time"
    | "pss_anon"
    | "statm"
    | "pg_buffercache"
    | "pg_database_size"
    | "pg_stat_database"
    | "pg_stat_activity"
    | "runtime"
    | "runtime_pools"
    | "otlp"
    | "generated";
}
export interface Step {
  saga: "provision" | "adopt" | "remove";
  position: number;
  name: string;
  label: string;
  status: "pending" | "running" | "done" | "failed";
  attempts: number;
  error: string | null;
  startedAt: string | null;
  finishedAt: string | null;
}
export interface Activity {
  id: string;
  tenant: {
    id: string;
    slug: string;
    name: string;
  };
  type: string;
  description: string;
  actor: string;
  ipAddress: string | null;
  at: string;
}
export interface TenantUsage {
  tenant: {
    id: string;
    slug: string;
    name: string;
  };
  /**
   * when the tenant's server was last measured; older than 10 s is stale
   */
  measuredAt: string | null;
  /**
   * when a value last changed
   */
  changedAt: string | null;
  metrics: MetricUse[];
}
export interface MetricUse {
  metric:
    | "cpu"
    | "memory"
    | "buffers"
    | "storage"
    | "requests"
    | "transactions"
    | "connections"
    | "cacheHit"
    | "latency"
    | "pooled"
    | "waits"
    | "waitTime"
    | "errors"
    | "appCpu"
    | "appMemory";
  label: string;
  unit: string;
  /**
   * null: it is not known
   */
  value: number | null;
  /**
   * how it was measured
   */
  source:
    | (
        | "proc"
        | "active_time"
        | "pss_anon"
        | "statm"
        | "pg_buffercache"
        | "pg_database_size"
        | "pg_stat_database"
        | "pg_stat_activity"
        | "runtime"
        | "runtime_pools"
        | "otlp"
        | "generated"
      )
    | null;
  /**
   * when it was last written down, which is when it changes and now and then besides; null: not lately
   */
  recordedAt: string | null;
  /**
   * in the metric's unit; null: there is none
   */
  limit: number | null;
}
export interface TenantSettings {
  limits: TenantLimits;
}
export interface Maintenance {
  message: string;
  allow: string[];
  retryAfterSeconds: number;
  until: string | null;
  startedAt: string;
  startedBy: string;
}
export interface SupportAccess {
  id: string;
  state: "open" | "unused" | "active" | "ended";
  user: {
    id: string;
    name: string;
    email: string;
  };
  reason: string;
  createdAt: string;
  redeemedAt: string | null;
  redeemedIp: string | null;
  sessionEnds: string | null;
  endedAt: string | null;
  endedBy: string | null;
}
export interface Domain {
  id: string;
  hostname: string;
  /**
   * links to the tenant's app use it; only a verified domain can be primary
   */
  primary: boolean;
  state: "verified" | "pending" | "lost" | "taken";
  record: {
    /**
     * where the TXT record belongs: _tenantry.<hostname>
     */
    name: string;
    /**
     * what it has to say: tenantry-verification=<token>
     */
    value: string;
  };
  verifiedAt: string | null;
  /**
   * hand: somebody vouched for it
   */
  verifiedBy: ("dns" | "hand") | null;
  checkedAt: string | null;
  /**
   * what was wrong when DNS was last asked, in words for people
   */
  checkError: string | null;
  nextCheckAt: string | null;
  createdAt: string;
}
export interface SavedFilter {
  id: string;
  name: string;
  filter: {
    search: string;
    status: ("provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting")[];
    /**
     * @maxItems 200
     */
    plan: string[];
    /**
     * @maxItems 200
     */
    region: string[];
    /**
     * tenants that have any of these tags
     *
     * @maxItems 200
     */
    tag: string[];
    server?: string;
    /**
     * tenants whose newest applied migration is this one
     */
    schema?: string;
  };
  createdBy: string;
  createdAt: string;
}
export interface ReportKind {
  name: string;
  format: "csv" | "pdf";
  /**
   * what is in it
   */
  words: string;
  /**
   * of a table, in their order; of a document none
   */
  columns: {
    name: string;
    words: string;
  }[];
  /**
   * whether it is about a period: `range`, or `from` and `to`
   */
  period: boolean;
  /**
   * the shape of its input, as JSON Schema
   */
  input: {
    [k: string]: unknown | undefined;
  };
}
export interface Report {
  id: string;
  kind: string;
  format: "csv" | "pdf";
  title: string;
  input: {
    [k: string]: unknown | undefined;
  };
  status: "waiting" | "running" | "done" | "failed" | "cancelled";
  /**
   * why it failed or was cancelled
   */
  words: string | null;
  askedBy: string;
  /**
   * the schedule that it was made for; null: somebody asked for it
   */
  schedule: {
    id: string;
    name: string;
  } | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /**
   * rows that are written
   */
  rows: number;
  /**
   * rows there are to write; null: not known
   */
  total: number | null;
  /**
   * null until it is made
   */
  file: {
    name: string;
    bytes: number;
    sha256: string;
    /**
     * when it is removed; null: never
     */
    expiresAt: string | null;
    /**
     * true when it was removed: ask for a new report
     */
    removed: boolean;
  } | null;
  mails: {
    address: string;
    status: "waiting" | "sent" | "failed";
    /**
     * what the mail server answered, where it did not take it
     */
    words: string | null;
    sentAt: string | null;
  }[];
}
export interface ReportSchedule {
  id: string;
  name: string;
  kind: string;
  format: "csv" | "pdf";
  input: {
    [k: string]: unknown | undefined;
  };
  every: "daily" | "weekly" | "monthly";
  /**
   * the time of day in `tz`, HH:MM
   */
  at: string;
  /**
   * of a weekly one 1 (Monday) to 7, of a monthly one 1 to 31 (a shorter month's last day stands for it); daily: null
   */
  day: number | null;
  tz: string;
  /**
   * previous: the whole day, week or month before it is due; input: the input's range, up to then
   */
  covers: "previous" | "input";
  /**
   * to whom it is mailed; none: it is kept for download
   */
  recipients: string[];
  enabled: boolean;
  /**
   * why it was switched off by itself; null: it was not
   */
  stopped: string | null;
  /**
   * when it is due next; null: it is switched off
   */
  nextAt: string | null;
  /**
   * the newest report that was made for it; null: none is kept
   */
  last: {
    id: string;
    title: string;
    status: "waiting" | "running" | "done" | "failed" | "cancelled";
    /**
     * why it failed or was cancelled
     */
    words: string | null;
    /**
     * when it was due; null: somebody asked for it at once
     */
    dueAt: string | null;
    createdAt: string;
    finishedAt: string | null;
    mails: {
      address: string;
      status: "waiting" | "sent" | "failed";
      /**
       * what the mail server answered, where it did not take it
       */
      words: string | null;
      sentAt: string | null;
    }[];
  } | null;
  /**
   * with whose rights its reports are made
   */
  madeBy: string;
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface MailStatus {
  configured: boolean;
  /**
   * what is missing or wrong in the settings; null: nothing
   */
  words: string | null;
  /**
   * the address that mails come from
   */
  from: string | null;
  /**
   * the mail server's host and port
   */
  server: string | null;
  /**
   * domains that mails may go to; none: all
   */
  domains: string[];
}
export interface LakeDay {
  /**
   * a day of UTC, such as 2026-11-21
   */
  day: string;
  /**
   * how finely it was written, for as long as it stands there
   */
  level: "minute" | "hour";
  rows: number;
  tenants: number;
  /**
   * of all its files
   */
  bytes: number;
  writtenAt: string;
  tookMs: number;
  /**
   * true while the database has its rows still, so that it can be written again
   */
  kept: boolean;
}
export interface LakeWaiting {
  /**
   * a day of UTC, such as 2026-11-21
   */
  day: string;
  level: "minute" | "hour";
  /**
   * not there yet; its files are gone; somebody asked; samples came late
   */
  why: "new" | "gone" | "asked" | "changed";
  /**
   * what went wrong the last time
   */
  error: string | null;
  failedAt: string | null;
}
export interface Action {
  name: string;
  title: string;
  summary: string;
  group: "status" | "schema" | "settings" | "maintenance" | "removal";
  danger: "none" | "disruptive" | "destructive";
  permission: string;
  /**
   * whether the caller may plan it
   */
  allowed: boolean;
  undoable: boolean;
  twoPersons: boolean;
  defaults: {
    canary:
      | (
          | {
              count: number;
            }
          | {
              percent: number;
            }
          | {
              tag: string;
            }
        )
      | null;
    pauseAfterCanary: boolean;
    concurrency: number;
    failureBudget:
      | {
          count: number;
        }
      | {
          percent: number;
        };
    timeoutSeconds: number;
    attempts: number;
  };
  input: {
    [k: string]: unknown | undefined;
  };
}
export interface BulkRunOptionsInput {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRun {
  id: string;
  action: string;
  /**
   * the action and its input in words
   */
  title: string;
  danger: "none" | "disruptive" | "destructive";
  input: {
    [k: string]: unknown | undefined;
  };
  options: {
    canary:
      | (
          | {
              count: number;
            }
          | {
              percent: number;
            }
          | {
              tag: string;
            }
        )
      | null;
    pauseAfterCanary: boolean;
    concurrency: number;
    failureBudget:
      | {
          count: number;
        }
      | {
          percent: number;
        };
    timeoutSeconds: number;
    attempts: number;
  };
  /**
   * which tenants were asked for, in words
   */
  selection: string;
  note: string;
  status: "planned" | "awaiting_second" | "running" | "paused" | "cancelling" | "cancelled" | "finished" | "expired";
  /**
   * why it is paused or was cancelled
   */
  reason: string | null;
  /**
   * what a confirmation is bound to
   */
  digest: string;
  /**
   * what it will do, or did, in sentences
   */
  radius: string[];
  total: number;
  counts: {
    [k: string]: number | undefined;
  };
  plannedBy: string;
  plannedAt: string;
  confirmed: {
    name: string;
    at: string;
  } | null;
  /**
   * the second person, where two have to confirm
   */
  second: {
    name: string;
    at: string;
  } | null;
  needsSecond: boolean;
  startedAt: string | null;
  finishedAt: string | null;
  undoOf: string | null;
  /**
   * the newest run that undoes this one
   */
  undoneBy: string | null;
  /**
   * items whose change can be taken back
   */
  undoable: number;
}
export interface BulkRunOptionsInput1 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput2 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput3 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput4 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput5 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput6 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput7 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput8 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput9 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput10 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput11 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput12 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput13 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput14 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput15 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput16 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput17 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput18 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput19 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput20 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput21 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkRunOptionsInput22 {
  /**
   * the first wave, alone: the rest begins once it went well; null: all at once
   */
  canary?:
    | {
        count: number;
      }
    | {
        percent: number;
      }
    | {
        /**
         * the tenants with this tag are the canary
         */
        tag: string;
      }
    | null;
  /**
   * wait for a person after the canary, even if it went well
   */
  pauseAfterCanary?: boolean;
  /**
   * items at the same time on one server
   */
  concurrency?: number;
  /**
   * failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run
   */
  failureBudget?:
    | {
        count: number;
      }
    | {
        percent: number;
      };
  /**
   * for one item
   */
  timeoutSeconds?: number;
  /**
   * for one item; only passing faults are tried again
   */
  attempts?: number;
}
export interface BulkWave {
  /**
   * 0 is the canary, where there is one
   */
  wave: number;
  name: string;
  total: number;
  counts: {
    [k: string]: number | undefined;
  };
  state: "waiting" | "running" | "done";
}
export interface BulkItem {
  position: number;
  tenant: {
    id: string;
    slug: string;
    name: string;
  };
  server: string;
  wave: number;
  status: "pending" | "running" | "done" | "skipped" | "failed" | "cancelled";
  warnings: string[];
  words: string | null;
  attempts: number;
  notBefore: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  undoable: boolean;
  /**
   * what can be downloaded
   */
  file: {
    name: string;
    bytes: number;
  } | null;
}
export interface User {
  id: string;
  email: string;
  name: string;
  role: string;
  scope: Scope;
  /**
   * whether an authenticator is enrolled
   */
  secondFactor: boolean;
  /**
   * open sessions
   */
  sessions: number;
  lastSignInAt: string | null;
  deactivatedAt: string | null;
  createdAt: string;
}
export interface Invitation {
  id: string;
  email: string;
  role: string;
  scope: Scope;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
}
export interface Role {
  name: string;
  builtIn: boolean;
  description: string;
  permissions: (
    | "tenants:read"
    | "tenants:create"
    | "tenants:update"
    | "tenants:status"
    | "tenants:maintain"
    | "tenants:support"
    | "domains:update"
    | "tenants:delete"
    | "tenants:purge"
    | "bulk:read"
    | "bulk:confirm"
    | "bulk:control"
    | "schema:read"
    | "schema:migrate"
    | "databases:maintain"
    | "secrets:rotate"
    | "data:export"
    | "data:import"
    | "data:reset"
    | "servers:read"
    | "servers:create"
    | "servers:update"
    | "servers:delete"
    | "isolation:read"
    | "system:read"
    | "system:maintain"
    | "metrics:read"
    | "metrics:write"
    | "activities:read"
    | "reports:read"
    | "reports:schedule"
    | "audit:read"
    | "users:read"
    | "users:create"
    | "users:update"
    | "users:recover"
    | "roles:read"
    | "roles:update"
    | "keys:read"
    | "keys:create"
    | "keys:delete"
    | "addresses:read"
    | "addresses:update"
  )[];
  /**
   * how many users have it
   */
  users: number;
}
export interface ApiKey {
  id: string;
  name: string;
  /**
   * the key's beginning, by which one knows it again
   */
  prefix: string;
  permissions: (
    | "tenants:read"
    | "tenants:create"
    | "tenants:update"
    | "tenants:status"
    | "tenants:maintain"
    | "tenants:support"
    | "domains:update"
    | "tenants:delete"
    | "tenants:purge"
    | "bulk:read"
    | "bulk:confirm"
    | "bulk:control"
    | "schema:read"
    | "schema:migrate"
    | "databases:maintain"
    | "secrets:rotate"
    | "data:export"
    | "data:import"
    | "data:reset"
    | "servers:read"
    | "servers:create"
    | "servers:update"
    | "servers:delete"
    | "isolation:read"
    | "system:read"
    | "system:maintain"
    | "metrics:read"
    | "metrics:write"
    | "activities:read"
    | "reports:read"
    | "reports:schedule"
    | "audit:read"
    | "users:read"
    | "users:create"
    | "users:update"
    | "users:recover"
    | "roles:read"
    | "roles:update"
    | "keys:read"
    | "keys:create"
    | "keys:delete"
    | "addresses:read"
    | "addresses:update"
  )[];
  scope: Scope;
  allowedAddresses: string[];
  /**
   * requests a minute; null: the installation's limit
   */
  rateLimit: number | null;
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  lastUsedAddress: string | null;
  state: "active" | "expired" | "revoked";
}
export interface IpRule {
  id: string;
  /**
   * an address or a network in CIDR form
   */
  network: string;
  action: "allow" | "deny";
  area: "console" | "api" | "both";
  note: string;
  createdBy: string;
  createdAt: string;
}
export interface Migration {
  name: string;
  /**
   * SHA-256 of migration.sql, as Prisma records it
   */
  checksum: string;
  /**
   * whether it says how it is rolled back (down.sql)
   */
  reversible: boolean;
  /**
   * tenants whose newest applied migration is this one
   */
  tenants: number;
}
export interface TenantSchema {
  tenant: {
    id: string;
    slug: string;
    name: string;
    status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
  };
  server: string;
  states: ("current" | "behind" | "failed" | "drifted" | "unknown")[];
  version: string | null;
  /**
   * migrations that are missing
   */
  behind: number | null;
  differences: number;
  error: string | null;
  errorAt: string | null;
  /**
   * when its structure was last compared; null: not since its last migration, so drift is not known yet
   */
  checkedAt: string | null;
}
export interface SchemaDifference {
  /**
   * table, column, index, constraint, function, trigger, view, type, sequence, policy…
   */
  kind: string;
  name: string;
  difference: "missing" | "extra" | "changed";
  expected: string | null;
  found: string | null;
}
export interface IsolationServer {
  server: {
    id: string;
    name: string;
  };
  /**
   * failed: the server could not be asked; what was found before stands, and nobody has looked since
   */
  state: "proven" | "leaking" | "running" | "failed" | "never";
  /**
   * when the server was last looked at; the numbers are as of then
   */
  checkedAt: string | null;
  /**
   * when a check last ended, also one that failed
   */
  triedAt: string | null;
  tenants: number;
  roles: number;
  /**
   * pairs of a role and a tenant's database that were asked about
   */
  pairs: number;
  tookMs: number | null;
  findings: number;
  error: string | null;
  askedBy: string | null;
  /**
   * roles that no proof holds against, such as superusers
   */
  above: {
    role: string;
    why: string;
  }[];
}
export interface IsolationFinding {
  id: string;
  server: {
    id: string;
    name: string;
  };
  /**
   * null where it is a matter of the whole server
   */
  tenant: {
    id: string;
    slug: string;
    name: string;
  } | null;
  rule: string;
  /**
   * the role, database or line that it is about
   */
  subject: string;
  words: string;
  /**
   * SQL that closes it, to be read and run by an administrator
   */
  mend: string | null;
  firstSeen: string;
  lastSeen: string;
  resolvedAt: string | null;
  /**
   * true while it is open and the server could not be looked at since
   */
  stale: boolean;
}
export interface HealthPart {
  /**
   * stable: server:<id> of a server, else one word
   */
  name: string;
  label: string;
  state: "ok" | "degraded" | "down" | "unknown";
  words: string;
  /**
   * since when it is so; null where nothing tells
   */
  since: string | null;
  /**
   * how it was found out
   */
  measured: string;
  figures: {
    [k: string]: number | string | null | undefined;
  };
}
export interface OwnProcess {
  id: string;
  kind: "web" | "worker";
  host: string;
  pid: number;
  /**
   * Tenantry's
   */
  version: string;
  node: string;
  startedAt: string;
  uptimeSeconds: number;
  /**
   * resident set, MiB
   */
  memoryMb: number;
}
export interface Cache {
  name: "answers" | "data-keys" | "resolutions" | "redis";
  words: string;
  /**
   * the process or service that keeps it
   */
  holder: string;
  entries: number | null;
  bytes: number | null;
  /**
   * since its process began
   */
  hits: number | null;
  misses: number | null;
  /**
   * when its oldest entry was made
   */
  oldestAt: string | null;
}
export interface Demo {
  /**
   * none: never loaded; removed: loaded once, and removed again
   */
  state: "none" | "loading" | "loaded" | "removing" | "removed";
  /**
   * of loading or removing while that goes on; empty otherwise
   */
  steps: {
    name: string;
    words: string;
    status: "done" | "running" | "waiting";
  }[];
  /**
   * the demo's own tenants that are there: removing takes these alone
   */
  tenants: {
    id: string;
    slug: string;
    name: string;
    status: string;
  }[];
  /**
   * how many tenants the demo has when it is whole
   */
  size: number;
  /**
   * slugs of the demo that tenants of your own have: those are left out
   */
  leftOut: string[];
  /**
   * why it can't be loaded here, and what to do; null: it can be
   */
  hindrance: string | null;
  /**
   * what could not be done, in words for people
   */
  problem: string | null;
  /**
   * who had it loaded or removed last
   */
  by: string | null;
  /**
   * since when it stands like this
   */
  since: string | null;
}
export interface FleetFinding {
  /**
   * rule:subject, the same as long as it stands: what fleet.mend is given
   */
  id: string;
  rule:
    | "server-unreachable"
    | "server-unmeasured"
    | "server-twice"
    | "secret-unreadable"
    | "database-missing"
    | "role-missing"
    | "role-foreign"
    | "wrong-owner"
    | "status-open"
    | "status-shut"
    | "limits-differ"
    | "step-failed"
    | "step-stuck"
    | "lease-dead"
    | "run-stuck"
    | "schema-failed"
    | "schema-drifted"
    | "schema-behind"
    | "schema-folder"
    | "domain-unproven"
    | "figures-missing"
    | "database-orphan"
    | "role-orphan";
  severity: "critical" | "error" | "warning";
  subject: {
    kind: "tenant" | "server" | "database" | "role" | "run" | "domain" | "secret" | "folder";
    id: string;
    name: string;
  };
  server: {
    id: string;
    name: string;
  } | null;
  /**
   * what is wrong
   */
  words: string;
  /**
   * what to do about it
   */
  mend: string;
  /**
   * whether fleet.mend does that
   */
  mendable: boolean;
}
export interface FleetRule {
  name:
    | "server-unreachable"
    | "server-unmeasured"
    | "server-twice"
    | "secret-unreadable"
    | "database-missing"
    | "role-missing"
    | "role-foreign"
    | "wrong-owner"
    | "status-open"
    | "status-shut"
    | "limits-differ"
    | "step-failed"
    | "step-stuck"
    | "lease-dead"
    | "run-stuck"
    | "schema-failed"
    | "schema-drifted"
    | "schema-behind"
    | "schema-folder"
    | "domain-unproven"
    | "figures-missing"
    | "database-orphan"
    | "role-orphan";
  severity: "critical" | "error" | "warning";
  words: string;
  mendable: boolean;
  findings: number;
}
export interface Orphan {
  server: {
    id: string;
    name: string;
  };
  kind: "database" | "role";
  name: string;
  /**
   * whether it bears Tenantry's mark: made for a tenant that is no longer there
   */
  made: boolean;
  /**
   * the id of that tenant
   */
  madeFor: string | null;
  owner: string | null;
  /**
   * of a role
   */
  canSignIn: boolean | null;
  /**
   * of a database; null where this administrator may not look
   */
  bytes: number | null;
  /**
   * sessions in it, or of it, now
   */
  sessions: number;
  /**
   * when one of those sessions last did something; PostgreSQL keeps no more
   */
  lastActivityAt: string | null;
  todo: string;
}
/**
 * over all tenants within reach; unlike sources are never added to each other
 */
export interface Usage1 {
  [k: string]: Measure | undefined;
}
export interface MonitoredTenant {
  id: string;
  slug: string;
  name: string;
  status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
  server: {
    id: string;
    name: string;
  };
  usage: Usage;
  measuredAt: string | null;
  ageSeconds: number | null;
}
export interface TopTenant {
  id: string;
  slug: string;
  name: string;
  status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
  usage: Usage;
}
export interface RuntimeProcess {
  id: string;
  app: string;
  host: string;
  pid: number;
  /**
   * silent: it has said nothing for 15 seconds
   */
  state: "running" | "silent" | "stopped";
  startedAt: string;
  seenAt: string;
  stoppedAt: string | null;
  limits: {
    perTenant: number;
    total: number;
    waitMs: number;
    mostWaiting: number;
  };
  open: number;
  idle: number;
  /**
   * requests that wait for a connection
   */
  waiting: number;
  /**
   * tenants to which connections are kept
   */
  tenants: number;
  /**
   * connections opened
   */
  connects: number;
  /**
   * loans of a connection that was open already
   */
  reuses: number;
  /**
   * loans that had to be waited for
   */
  waits: number;
  /**
   * sum of the times waited
   */
  waitMs: number;
  /**
   * connections closed because they were unused, or another tenant needed the room
   */
  evictions: number;
  /**
   * requests that got 503 because no connection came free
   */
  timeouts: number;
  /**
   * connections lost, or closed because they could not be made clean
   */
  losses: number;
  /**
   * look-ups of a tenant
   */
  lookups: number;
  /**
   * those that the process's memory answered
   */
  memoryHits: number;
  redisHits: number;
}
export interface HistorySpan {
  from: string;
  to: string;
  /**
   * of days and longer, about: their length follows the time zone
   */
  stepSeconds: number;
  /**
   * what the answer was read from
   */
  level: "raw" | "minute" | "hour" | "day";
  tz: string;
  /**
   * up to when everything that was measured is in; null: nothing is yet
   */
  asOf: string | null;
  /**
   * up to when figures were made up for the demonstration, maybe before `from`; null: all were measured
   */
  madeUpUntil: string | null;
}
export interface Movers {
  up: Mover[];
  down: Mover[];
}
export interface Mover {
  tenant: TenantName;
  /**
   * mean of the period before
   */
  before: number | null;
  /**
   * mean of the period
   */
  now: number | null;
  /**
   * now - before, in the metric's unit
   */
  change: number;
}
export interface TenantName {
  id: string;
  slug: string;
  name: string;
  status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
  plan: string;
}
export interface ResourceUse {
  span: HistorySpan;
  metric:
    | "cpu"
    | "memory"
    | "buffers"
    | "storage"
    | "requests"
    | "transactions"
    | "connections"
    | "cacheHit"
    | "latency"
    | "pooled"
    | "waits"
    | "waitTime"
    | "errors"
    | "appCpu"
    | "appMemory";
  /**
   * the sum over tenants
   */
  total: [number, number | null][];
  /**
   * what stands beside the tenants' sum: unattributed, shared buffers; empty when narrowed to some tenants
   */
  parts: {
    name: string;
    points: [number, number | null][];
  }[];
  /**
   * the top, highest mean first
   */
  tenants: {
    tenant: TenantName;
    over: Over;
    share: number | null;
    before: number | null;
    points: [number, number | null][];
  }[];
  /**
   * all other tenants together
   */
  rest: [number, number | null][];
  distribution: Distribution;
  movers: Movers;
  sources: string[];
}
export interface Over {
  /**
   * mean over the time for which it is known
   */
  avg: number | null;
  min: number | null;
  /**
   * the highest single value, not a percentile
   */
  max: number | null;
  last: number | null;
  /**
   * value × seconds: of a rate, how many there were
   */
  sum: number | null;
  /**
   * the part of the period for which it is known, 0 to 1
   */
  known: number;
}
export interface Distribution {
  /**
   * those with a known value
   */
  tenants: number;
  quantiles: {
    p50: number | null;
    p90: number | null;
    p99: number | null;
    max: number | null;
  };
  /**
   * of powers of two or ten, or of one width where values lie near each other; the first begins at 0
   */
  bins: {
    from: number;
    to: number;
    tenants: number;
  }[];
  /**
   * 0: all use the same; 1: one uses everything
   */
  gini: number | null;
}
/**
 * as measured, whatever the mode
 */
export interface Over1 {
  /**
   * mean over the time for which it is known
   */
  avg: number | null;
  min: number | null;
  /**
   * the highest single value, not a percentile
   */
  max: number | null;
  last: number | null;
  /**
   * value × seconds: of a rate, how many there were
   */
  sum: number | null;
  /**
   * the part of the period for which it is known, 0 to 1
   */
  known: number;
}
export interface CompatTenant {
  id: string;
  uuid: string;
  name: string;
  slug: string;
  status: "provisioning" | "active" | "inactive" | "suspended" | "blocked" | "failed" | "deleted" | "deleting";
  database_name: string;
  primary_domain: string | null;
  has_homepage: null;
  /**
   * not measured
   */
  last_accessed_at: null;
  created_at: string;
  updated_at: string;
  domains: CompatDomain[];
}
export interface CompatDomain {
  id: string;
  domain: string;
  tenant_id: string;
  is_primary: boolean;
  verified: boolean;
  created_at: string;
}
export interface ProblemKind {
  code:
    | "invalid"
    | "unauthenticated"
    | "forbidden"
    | "not_found"
    | "method_not_allowed"
    | "not_acceptable"
    | "conflict"
    | "changed"
    | "too_large"
    | "unsupported_media"
    | "limit"
    | "unavailable"
    | "internal";
  status: number;
  title: string;
  means: string;
  /**
   * what whoever meets it can do
   */
  todo: string;
}

/** Where each operation is, what of its input goes into the query, whether it answers with a file, and which kinds of files it takes. */
export const routes: Record<keyof Operations, { method: string; path: string; query?: readonly string[]; file?: true; takes?: readonly string[] }> = {
  "setUp.show": {"method":"GET","path":"/api/tenancy/set-up/{token}"},
  "setUp.owner": {"method":"POST","path":"/api/tenancy/set-up/{token}"},
  "enrolment.start": {"method":"POST","path":"/api/tenancy/enrolment"},
  "enrolment.confirm": {"method":"PUT","path":"/api/tenancy/enrolment"},
  "session.show": {"method":"GET","path":"/api/tenancy/session"},
  "session.signOut": {"method":"DELETE","path":"/api/tenancy/session"},
  "stepUp.prove": {"method":"POST","path":"/api/tenancy/step-up"},
  "passkeys.challenge": {"method":"GET","path":"/api/tenancy/passkeys/challenge","query":["digest"]},
  "account.show": {"method":"GET","path":"/api/tenancy/account"},
  "account.password": {"method":"PUT","path":"/api/tenancy/account/password"},
  "account.recoveryCodes": {"method":"POST","path":"/api/tenancy/account/recovery-codes"},
  "sessions.list": {"method":"GET","path":"/api/tenancy/account/sessions","query":["cursor","limit","fields"]},
  "sessions.endAll": {"method":"DELETE","path":"/api/tenancy/account/sessions","query":["keepThis"]},
  "sessions.end": {"method":"DELETE","path":"/api/tenancy/account/sessions/{id}"},
  "authenticator.start": {"method":"POST","path":"/api/tenancy/account/authenticator"},
  "authenticator.change": {"method":"PUT","path":"/api/tenancy/account/authenticator"},
  "passkeys.start": {"method":"POST","path":"/api/tenancy/account/passkeys/start"},
  "passkeys.add": {"method":"POST","path":"/api/tenancy/account/passkeys"},
  "passkeys.remove": {"method":"DELETE","path":"/api/tenancy/account/passkeys/{id}"},
  "servers.list": {"method":"GET","path":"/api/tenancy/servers","query":["search","region","state","fields"]},
  "servers.add": {"method":"POST","path":"/api/tenancy/servers"},
  "servers.show": {"method":"GET","path":"/api/tenancy/servers/{id}","query":["fields"]},
  "servers.edit": {"method":"PATCH","path":"/api/tenancy/servers/{id}"},
  "servers.remove": {"method":"DELETE","path":"/api/tenancy/servers/{id}","query":["confirm"]},
  "servers.check": {"method":"POST","path":"/api/tenancy/servers/{id}/check"},
  "servers.databases": {"method":"GET","path":"/api/tenancy/servers/{id}/databases","query":["fields"]},
  "tenants.list": {"method":"GET","path":"/api/tenancy/tenants","query":["search","status","plan","region","tag","server","schema","sort","order","cursor","limit","page","pageSize","fields"]},
  "tenants.create": {"method":"POST","path":"/api/tenancy/tenants"},
  "tenants.adopt": {"method":"POST","path":"/api/tenancy/tenants/adopt"},
  "tenants.facets": {"method":"GET","path":"/api/tenancy/tenants/facets"},
  "tenants.export": {"method":"GET","path":"/api/tenancy/tenants/export","query":["search","status","plan","region","tag","server","schema","columns"],"file":true},
  "tenants.show": {"method":"GET","path":"/api/tenancy/tenants/{id}","query":["fields"]},
  "tenants.edit": {"method":"PATCH","path":"/api/tenancy/tenants/{id}"},
  "tenants.remove": {"method":"DELETE","path":"/api/tenancy/tenants/{id}","query":["confirm","purge"]},
  "tenants.bySlug": {"method":"GET","path":"/api/tenancy/tenants/by-slug/{slug}","query":["fields"]},
  "tenants.restore": {"method":"POST","path":"/api/tenancy/tenants/{id}/restore"},
  "tenants.setStatus": {"method":"PUT","path":"/api/tenancy/tenants/{id}/status"},
  "tenants.resume": {"method":"POST","path":"/api/tenancy/tenants/{id}/resume"},
  "tenants.steps": {"method":"GET","path":"/api/tenancy/tenants/{id}/steps","query":["fields"]},
  "activities.list": {"method":"GET","path":"/api/tenancy/activities","query":["tenant","type","actor","from","to","cursor","limit","fields"]},
  "tenants.activities": {"method":"GET","path":"/api/tenancy/tenants/{id}/activities","query":["type","actor","from","to","cursor","limit","fields"]},
  "tenants.usage": {"method":"GET","path":"/api/tenancy/tenants/{id}/usage"},
  "tenants.settings": {"method":"GET","path":"/api/tenancy/tenants/{id}/settings","query":["fields"]},
  "tenants.editSettings": {"method":"PATCH","path":"/api/tenancy/tenants/{id}/settings"},
  "maintenance.show": {"method":"GET","path":"/api/tenancy/tenants/{id}/maintenance"},
  "maintenance.start": {"method":"PUT","path":"/api/tenancy/tenants/{id}/maintenance"},
  "maintenance.end": {"method":"DELETE","path":"/api/tenancy/tenants/{id}/maintenance"},
  "support.open": {"method":"POST","path":"/api/tenancy/tenants/{id}/support"},
  "support.list": {"method":"GET","path":"/api/tenancy/tenants/{id}/support","query":["state","cursor","limit","fields"]},
  "support.end": {"method":"DELETE","path":"/api/tenancy/tenants/{id}/support/{access}"},
  "domains.list": {"method":"GET","path":"/api/tenancy/tenants/{id}/domains","query":["fields"]},
  "domains.add": {"method":"POST","path":"/api/tenancy/tenants/{id}/domains"},
  "domains.show": {"method":"GET","path":"/api/tenancy/tenants/{id}/domains/{domain}","query":["fields"]},
  "domains.remove": {"method":"DELETE","path":"/api/tenancy/tenants/{id}/domains/{domain}"},
  "domains.verify": {"method":"POST","path":"/api/tenancy/tenants/{id}/domains/{domain}/verify"},
  "domains.vouch": {"method":"POST","path":"/api/tenancy/tenants/{id}/domains/{domain}/vouch"},
  "domains.setPrimary": {"method":"PUT","path":"/api/tenancy/tenants/{id}/domains/{domain}/primary"},
  "filters.list": {"method":"GET","path":"/api/tenancy/filters","query":["fields"]},
  "filters.save": {"method":"POST","path":"/api/tenancy/filters"},
  "filters.show": {"method":"GET","path":"/api/tenancy/filters/{id}","query":["fields"]},
  "filters.edit": {"method":"PATCH","path":"/api/tenancy/filters/{id}"},
  "filters.remove": {"method":"DELETE","path":"/api/tenancy/filters/{id}"},
  "reports.kinds": {"method":"GET","path":"/api/tenancy/reports/kinds","query":["fields"]},
  "reports.list": {"method":"GET","path":"/api/tenancy/reports","query":["status","kind","format","schedule","cursor","limit","fields"]},
  "reports.create": {"method":"POST","path":"/api/tenancy/reports"},
  "reports.show": {"method":"GET","path":"/api/tenancy/reports/{id}"},
  "reports.remove": {"method":"DELETE","path":"/api/tenancy/reports/{id}"},
  "reports.cancel": {"method":"POST","path":"/api/tenancy/reports/{id}/cancel"},
  "reports.download": {"method":"GET","path":"/api/tenancy/reports/{id}/file","file":true},
  "reportSchedules.list": {"method":"GET","path":"/api/tenancy/report-schedules","query":["kind","cursor","limit","fields"]},
  "reportSchedules.create": {"method":"POST","path":"/api/tenancy/report-schedules"},
  "reportSchedules.show": {"method":"GET","path":"/api/tenancy/report-schedules/{id}","query":["fields"]},
  "reportSchedules.edit": {"method":"PATCH","path":"/api/tenancy/report-schedules/{id}"},
  "reportSchedules.remove": {"method":"DELETE","path":"/api/tenancy/report-schedules/{id}"},
  "reportSchedules.run": {"method":"POST","path":"/api/tenancy/report-schedules/{id}/run"},
  "mail.status": {"method":"GET","path":"/api/tenancy/mail"},
  "mail.test": {"method":"POST","path":"/api/tenancy/mail/test"},
  "lake.show": {"method":"GET","path":"/api/tenancy/lake","query":["cursor","limit","fields"]},
  "lake.export": {"method":"POST","path":"/api/tenancy/lake/export"},
  "reports.tables.tenants": {"method":"GET","path":"/api/tenancy/reports/tables/tenants","query":["search","status","plan","region","tag","server","schema","columns"],"file":true},
  "reports.tables.usage": {"method":"GET","path":"/api/tenancy/reports/tables/usage","query":["range","from","to","search","status","plan","region","tag","server","tenant","level","columns"],"file":true},
  "reports.tables.activities": {"method":"GET","path":"/api/tenancy/reports/tables/activities","query":["range","from","to","search","status","plan","region","tag","server","tenant","type","actor","text","columns"],"file":true},
  "reports.tables.domains": {"method":"GET","path":"/api/tenancy/reports/tables/domains","query":["search","status","plan","region","tag","server","tenant","columns"],"file":true},
  "reports.tables.tenantSchemas": {"method":"GET","path":"/api/tenancy/reports/tables/tenant-schemas","query":["state","version","search","columns"],"file":true},
  "reports.tables.bulkRuns": {"method":"GET","path":"/api/tenancy/reports/tables/bulk-runs","query":["status","action","tenant","columns"],"file":true},
  "reports.tables.bulkItems": {"method":"GET","path":"/api/tenancy/reports/tables/bulk-items","query":["run","status","wave","warned","search","columns"],"file":true},
  "reports.tables.tenantUse": {"method":"GET","path":"/api/tenancy/reports/tables/tenant-use","query":["range","from","to","search","status","plan","region","tag","server","sort","order","by","columns"],"file":true},
  "reports.tables.fleetUse": {"method":"GET","path":"/api/tenancy/reports/tables/fleet-use","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","columns"],"file":true},
  "reports.tables.performance": {"method":"GET","path":"/api/tenancy/reports/tables/performance","query":["range","from","to","search","status","plan","region","tag","server","top","columns"],"file":true},
  "reports.tables.compare": {"method":"GET","path":"/api/tenancy/reports/tables/compare","query":["range","from","to","tz","granularity","width","tenant","metric","mode","columns"],"file":true},
  "reports.tables.heatmap": {"method":"GET","path":"/api/tenancy/reports/tables/heatmap","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","metric","sort","top","columns"],"file":true},
  "reports.tables.growth": {"method":"GET","path":"/api/tenancy/reports/tables/growth","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","columns"],"file":true},
  "reports.tables.fastestGrowing": {"method":"GET","path":"/api/tenancy/reports/tables/fastest-growing","query":["range","from","to","search","status","plan","region","tag","server","top","columns"],"file":true},
  "reports.tables.signIns": {"method":"GET","path":"/api/tenancy/reports/tables/sign-ins","query":["range","from","to","search","status","plan","region","tag","server","tenant","top","columns"],"file":true},
  "reports.tables.signInsOverTime": {"method":"GET","path":"/api/tenancy/reports/tables/sign-ins-over-time","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","tenant","columns"],"file":true},
  "reports.tables.failingAddresses": {"method":"GET","path":"/api/tenancy/reports/tables/failing-addresses","query":["range","from","to","search","status","plan","region","tag","server","tenant","top","columns"],"file":true},
  "reports.tables.anomalies": {"method":"GET","path":"/api/tenancy/reports/tables/anomalies","query":["range","from","to","search","status","plan","region","tag","server","tenant","metric","columns"],"file":true},
  "reports.tables.forecasts": {"method":"GET","path":"/api/tenancy/reports/tables/forecasts","query":["search","status","plan","region","tag","server","metric","horizonDays","top","columns"],"file":true},
  "reports.tables.capacity": {"method":"GET","path":"/api/tenancy/reports/tables/capacity","query":["range","from","to","columns"],"file":true},
  "reports.tables.neighbours": {"method":"GET","path":"/api/tenancy/reports/tables/neighbours","query":["range","from","to","tz","granularity","width","server","load","felt","top","columns"],"file":true},
  "reports.tables.servers": {"method":"GET","path":"/api/tenancy/reports/tables/servers","query":["search","region","state","columns"],"file":true},
  "reports.tables.processes": {"method":"GET","path":"/api/tenancy/reports/tables/processes","query":["ended","columns"],"file":true},
  "reports.tables.pools": {"method":"GET","path":"/api/tenancy/reports/tables/pools","query":["process","sort","columns"],"file":true},
  "reports.tables.migrations": {"method":"GET","path":"/api/tenancy/reports/tables/migrations","query":["columns"],"file":true},
  "reports.tables.isolationServers": {"method":"GET","path":"/api/tenancy/reports/tables/isolation-servers","query":["columns"],"file":true},
  "reports.tables.isolationFindings": {"method":"GET","path":"/api/tenancy/reports/tables/isolation-findings","query":["state","server","tenant","rule","columns"],"file":true},
  "reports.tables.findings": {"method":"GET","path":"/api/tenancy/reports/tables/findings","query":["rule","server","columns"],"file":true},
  "reports.tables.orphans": {"method":"GET","path":"/api/tenancy/reports/tables/orphans","query":["server","columns"],"file":true},
  "reports.tables.users": {"method":"GET","path":"/api/tenancy/reports/tables/users","query":["search","role","state","secondFactor","sort","order","columns"],"file":true},
  "reports.tables.invitations": {"method":"GET","path":"/api/tenancy/reports/tables/invitations","query":["search","role","columns"],"file":true},
  "reports.tables.roles": {"method":"GET","path":"/api/tenancy/reports/tables/roles","query":["columns"],"file":true},
  "reports.tables.apiKeys": {"method":"GET","path":"/api/tenancy/reports/tables/api-keys","query":["search","state","sort","order","columns"],"file":true},
  "reports.tables.ipRules": {"method":"GET","path":"/api/tenancy/reports/tables/ip-rules","query":["columns"],"file":true},
  "reports.tables.audit": {"method":"GET","path":"/api/tenancy/reports/tables/audit","query":["actor","operation","outcome","actorKind","actorId","requestId","ipAddress","target","from","to","columns"],"file":true},
  "bulk.actions": {"method":"GET","path":"/api/tenancy/actions","query":["fields"]},
  "bulk.plan.activate": {"method":"POST","path":"/api/tenancy/actions/bulk-activate"},
  "bulk.plan.deactivate": {"method":"POST","path":"/api/tenancy/actions/bulk-deactivate"},
  "bulk.plan.suspend": {"method":"POST","path":"/api/tenancy/actions/bulk-suspend"},
  "bulk.plan.block": {"method":"POST","path":"/api/tenancy/actions/bulk-block"},
  "bulk.plan.start-maintenance": {"method":"POST","path":"/api/tenancy/actions/bulk-start-maintenance"},
  "bulk.plan.end-maintenance": {"method":"POST","path":"/api/tenancy/actions/bulk-end-maintenance"},
  "bulk.plan.migrate": {"method":"POST","path":"/api/tenancy/actions/bulk-migrate"},
  "bulk.plan.rollback": {"method":"POST","path":"/api/tenancy/actions/bulk-rollback"},
  "bulk.plan.seed": {"method":"POST","path":"/api/tenancy/actions/bulk-seed"},
  "bulk.plan.set-plan": {"method":"POST","path":"/api/tenancy/actions/bulk-set-plan"},
  "bulk.plan.set-limits": {"method":"POST","path":"/api/tenancy/actions/bulk-set-limits"},
  "bulk.plan.tag": {"method":"POST","path":"/api/tenancy/actions/bulk-tag"},
  "bulk.plan.rotate-secret": {"method":"POST","path":"/api/tenancy/actions/bulk-rotate-secret"},
  "bulk.plan.terminate-connections": {"method":"POST","path":"/api/tenancy/actions/bulk-terminate-connections"},
  "bulk.plan.vacuum": {"method":"POST","path":"/api/tenancy/actions/bulk-vacuum"},
  "bulk.plan.export-data": {"method":"POST","path":"/api/tenancy/actions/bulk-export-data"},
  "bulk.plan.import-data": {"method":"POST","path":"/api/tenancy/actions/bulk-import-data"},
  "bulk.plan.check-isolation": {"method":"POST","path":"/api/tenancy/actions/bulk-check-isolation"},
  "bulk.plan.check-schema": {"method":"POST","path":"/api/tenancy/actions/bulk-check-schema"},
  "bulk.plan.reset": {"method":"POST","path":"/api/tenancy/actions/bulk-reset"},
  "bulk.plan.delete": {"method":"POST","path":"/api/tenancy/actions/bulk-delete"},
  "bulk.plan.restore": {"method":"POST","path":"/api/tenancy/actions/bulk-restore"},
  "bulk.plan.purge": {"method":"POST","path":"/api/tenancy/actions/bulk-purge"},
  "tenants.run.activate": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/activate"},
  "tenants.run.deactivate": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/deactivate"},
  "tenants.run.suspend": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/suspend"},
  "tenants.run.block": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/block"},
  "tenants.run.start-maintenance": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/start-maintenance"},
  "tenants.run.end-maintenance": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/end-maintenance"},
  "tenants.run.migrate": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/migrate"},
  "tenants.run.rollback": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/rollback"},
  "tenants.run.seed": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/seed"},
  "tenants.run.set-plan": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/set-plan"},
  "tenants.run.set-limits": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/set-limits"},
  "tenants.run.tag": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/tag"},
  "tenants.run.rotate-secret": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/rotate-secret"},
  "tenants.run.terminate-connections": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/terminate-connections"},
  "tenants.run.vacuum": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/vacuum"},
  "tenants.run.export-data": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/export-data"},
  "tenants.run.import-data": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/import-data"},
  "tenants.run.check-isolation": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/check-isolation"},
  "tenants.run.check-schema": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/check-schema"},
  "tenants.run.reset": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/reset"},
  "tenants.run.delete": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/delete"},
  "tenants.run.restore": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/restore"},
  "tenants.run.purge": {"method":"POST","path":"/api/tenancy/tenants/{id}/actions/purge"},
  "bulk.list": {"method":"GET","path":"/api/tenancy/bulk-runs","query":["status","action","tenant","cursor","limit","fields"]},
  "tenants.runs": {"method":"GET","path":"/api/tenancy/tenants/{id}/runs","query":["status","action","cursor","limit","fields"]},
  "bulk.show": {"method":"GET","path":"/api/tenancy/bulk-runs/{id}"},
  "bulk.items": {"method":"GET","path":"/api/tenancy/bulk-runs/{id}/items","query":["status","wave","warned","search","position","sort","order","cursor","limit","fields"]},
  "bulk.itemLog": {"method":"GET","path":"/api/tenancy/bulk-runs/{id}/items/{position}/log","query":["fields"]},
  "bulk.confirm": {"method":"POST","path":"/api/tenancy/bulk-runs/{id}/confirm"},
  "bulk.replan": {"method":"POST","path":"/api/tenancy/bulk-runs/{id}/replan"},
  "bulk.pause": {"method":"POST","path":"/api/tenancy/bulk-runs/{id}/pause"},
  "bulk.resume": {"method":"POST","path":"/api/tenancy/bulk-runs/{id}/resume"},
  "bulk.cancel": {"method":"POST","path":"/api/tenancy/bulk-runs/{id}/cancel"},
  "bulk.retry": {"method":"POST","path":"/api/tenancy/bulk-runs/{id}/retry"},
  "bulk.undo": {"method":"POST","path":"/api/tenancy/bulk-runs/{id}/undo"},
  "bulk.download": {"method":"GET","path":"/api/tenancy/bulk-runs/{id}/items/{position}/file","file":true},
  "uploads.create": {"method":"POST","path":"/api/tenancy/uploads","takes":["application/gzip","application/sql"]},
  "users.list": {"method":"GET","path":"/api/tenancy/users","query":["search","role","state","secondFactor","sort","order","cursor","limit","fields"]},
  "users.show": {"method":"GET","path":"/api/tenancy/users/{id}","query":["fields"]},
  "users.edit": {"method":"PATCH","path":"/api/tenancy/users/{id}"},
  "users.sessions": {"method":"GET","path":"/api/tenancy/users/{id}/sessions","query":["cursor","limit","fields"]},
  "users.endSessions": {"method":"DELETE","path":"/api/tenancy/users/{id}/sessions"},
  "users.setActive": {"method":"PUT","path":"/api/tenancy/users/{id}/active"},
  "users.resetSecondFactor": {"method":"POST","path":"/api/tenancy/users/{id}/second-factor-reset"},
  "users.passwordLink": {"method":"POST","path":"/api/tenancy/users/{id}/password-link"},
  "invitations.list": {"method":"GET","path":"/api/tenancy/invitations","query":["search","role","cursor","limit","fields"]},
  "invitations.create": {"method":"POST","path":"/api/tenancy/invitations"},
  "invitations.show": {"method":"GET","path":"/api/tenancy/invitations/{id}","query":["fields"]},
  "invitations.withdraw": {"method":"DELETE","path":"/api/tenancy/invitations/{id}"},
  "join.show": {"method":"GET","path":"/api/tenancy/join/{token}"},
  "join.accept": {"method":"POST","path":"/api/tenancy/join/{token}"},
  "newPassword.show": {"method":"GET","path":"/api/tenancy/new-password/{token}"},
  "newPassword.set": {"method":"POST","path":"/api/tenancy/new-password/{token}"},
  "roles.list": {"method":"GET","path":"/api/tenancy/roles","query":["fields"]},
  "roles.show": {"method":"GET","path":"/api/tenancy/roles/{name}","query":["fields"]},
  "roles.save": {"method":"PUT","path":"/api/tenancy/roles/{name}"},
  "roles.remove": {"method":"DELETE","path":"/api/tenancy/roles/{name}"},
  "keys.list": {"method":"GET","path":"/api/tenancy/keys","query":["search","state","sort","order","cursor","limit","fields"]},
  "keys.create": {"method":"POST","path":"/api/tenancy/keys"},
  "keys.show": {"method":"GET","path":"/api/tenancy/keys/{id}","query":["fields"]},
  "keys.edit": {"method":"PATCH","path":"/api/tenancy/keys/{id}"},
  "keys.revoke": {"method":"DELETE","path":"/api/tenancy/keys/{id}"},
  "caller.show": {"method":"GET","path":"/api/tenancy/caller"},
  "ipRules.list": {"method":"GET","path":"/api/tenancy/ip-rules","query":["fields"]},
  "ipRules.add": {"method":"POST","path":"/api/tenancy/ip-rules"},
  "ipRules.show": {"method":"GET","path":"/api/tenancy/ip-rules/{id}","query":["fields"]},
  "ipRules.edit": {"method":"PATCH","path":"/api/tenancy/ip-rules/{id}"},
  "ipRules.remove": {"method":"DELETE","path":"/api/tenancy/ip-rules/{id}"},
  "audit.list": {"method":"GET","path":"/api/tenancy/audit","query":["actor","operation","outcome","actorKind","actorId","requestId","ipAddress","target","from","to","order","cursor","limit","fields"]},
  "audit.show": {"method":"GET","path":"/api/tenancy/audit/{id}","query":["fields"]},
  "audit.verify": {"method":"GET","path":"/api/tenancy/audit/verify","query":["noted"]},
  "audit.signer": {"method":"GET","path":"/api/tenancy/audit/signer"},
  "audit.export": {"method":"GET","path":"/api/tenancy/audit/export","query":["actor","operation","outcome","actorKind","actorId","requestId","ipAddress","target","from","to","format","columns"],"file":true},
  "schema.overview": {"method":"GET","path":"/api/tenancy/schema"},
  "schema.tenants": {"method":"GET","path":"/api/tenancy/schema/tenants","query":["state","version","search","sort","order","cursor","limit","page","pageSize","fields"]},
  "schema.show": {"method":"GET","path":"/api/tenancy/tenants/{id}/schema"},
  "isolation.overview": {"method":"GET","path":"/api/tenancy/isolation"},
  "isolation.findings": {"method":"GET","path":"/api/tenancy/isolation/findings","query":["state","server","tenant","rule","sort","order","cursor","limit","page","pageSize","fields"]},
  "isolation.check": {"method":"POST","path":"/api/tenancy/isolation/check"},
  "health.detailed": {"method":"GET","path":"/api/tenancy/health/detailed"},
  "system.show": {"method":"GET","path":"/api/tenancy/system"},
  "caches.list": {"method":"GET","path":"/api/tenancy/caches","query":["fields"]},
  "caches.clear": {"method":"POST","path":"/api/tenancy/caches/clear"},
  "demo.show": {"method":"GET","path":"/api/tenancy/demo"},
  "demo.load": {"method":"POST","path":"/api/tenancy/demo"},
  "demo.remove": {"method":"DELETE","path":"/api/tenancy/demo"},
  "fleet.diagnose": {"method":"GET","path":"/api/tenancy/fleet/diagnosis","query":["rule","server","fields"]},
  "fleet.mend": {"method":"POST","path":"/api/tenancy/fleet/mend"},
  "fleet.orphans": {"method":"GET","path":"/api/tenancy/fleet/orphans","query":["server","fields"]},
  "monitoring.live": {"method":"GET","path":"/api/tenancy/monitoring/live","query":["metric","limit","fields"]},
  "monitoring.system": {"method":"GET","path":"/api/tenancy/monitoring/system"},
  "monitoring.connections": {"method":"GET","path":"/api/tenancy/monitoring/connections","query":["limit","fields"]},
  "monitoring.performance": {"method":"GET","path":"/api/tenancy/monitoring/performance","query":["limit","fields"]},
  "monitoring.memory": {"method":"GET","path":"/api/tenancy/monitoring/memory","query":["limit","fields"]},
  "monitoring.dashboard": {"method":"GET","path":"/api/tenancy/monitoring/dashboard"},
  "monitoring.statements": {"method":"GET","path":"/api/tenancy/tenants/{id}/statements","query":["limit"]},
  "metrics.overview": {"method":"GET","path":"/api/tenancy/overview"},
  "metrics.fleetSeries": {"method":"GET","path":"/api/tenancy/series","query":["range"]},
  "metrics.tenantSeries": {"method":"GET","path":"/api/tenancy/tenants/{id}/series","query":["range"]},
  "live.stream": {"method":"GET","path":"/api/tenancy/stream","query":["topics"],"file":true},
  "runtime.processes": {"method":"GET","path":"/api/tenancy/runtime/processes","query":["ended","fields"]},
  "runtime.pools": {"method":"GET","path":"/api/tenancy/runtime/pools","query":["process","sort","limit","fields"]},
  "runtime.tenant": {"method":"GET","path":"/api/tenancy/tenants/{id}/connections","query":["fields"]},
  "history.show": {"method":"GET","path":"/api/tenancy/history"},
  "analytics.overview": {"method":"GET","path":"/api/tenancy/analytics/overview","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "analytics.tenants": {"method":"GET","path":"/api/tenancy/analytics/tenants","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","sort","order","by","page","pageSize","fields"]},
  "analytics.tenant": {"method":"GET","path":"/api/tenancy/analytics/tenant/{id}","query":["range","from","to","tz","granularity","width","metric"]},
  "analytics.memory": {"method":"GET","path":"/api/tenancy/analytics/memory","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "analytics.storage": {"method":"GET","path":"/api/tenancy/analytics/storage","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "analytics.cpu": {"method":"GET","path":"/api/tenancy/analytics/cpu","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "analytics.requests": {"method":"GET","path":"/api/tenancy/analytics/requests","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "analytics.performance": {"method":"GET","path":"/api/tenancy/analytics/performance","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "analytics.compare": {"method":"GET","path":"/api/tenancy/analytics/compare","query":["range","from","to","tz","granularity","width","tenant","metric","mode"]},
  "analytics.heatmap": {"method":"GET","path":"/api/tenancy/analytics/heatmap","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","metric","sort","top"]},
  "analytics.growth": {"method":"GET","path":"/api/tenancy/analytics/growth","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "analytics.activities": {"method":"GET","path":"/api/tenancy/analytics/activities","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","type","tenant","actor","text","cursor","limit","fields"]},
  "analytics.signIns": {"method":"GET","path":"/api/tenancy/analytics/sign-ins","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","tenant","top"]},
  "analytics.forecast": {"method":"GET","path":"/api/tenancy/analytics/forecast","query":["search","status","plan","region","tag","server","metric","tenant","onServer","horizonDays","top"]},
  "analytics.capacity": {"method":"GET","path":"/api/tenancy/analytics/capacity","query":["range","from","to","tz","granularity","width","fields"]},
  "analytics.anomalies": {"method":"GET","path":"/api/tenancy/analytics/anomalies","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","tenant","metric","page","pageSize","fields"]},
  "analytics.neighbours": {"method":"GET","path":"/api/tenancy/analytics/neighbours","query":["range","from","to","tz","granularity","width","server","load","felt","top","fields"]},
  "ingest.metrics": {"method":"POST","path":"/v1/metrics"},
  "registry.import": {"method":"POST","path":"/api/tenancy/registry/import"},
  "compat.tenants.list": {"method":"GET","path":"/api/tenancy/compat/tenancy/tenants","query":["page","per_page","search","status","sort","order"]},
  "compat.tenants.store": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants"},
  "compat.tenants.create": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/create"},
  "compat.tenants.show": {"method":"GET","path":"/api/tenancy/compat/tenancy/tenants/{id}"},
  "compat.tenants.update": {"method":"PUT","path":"/api/tenancy/compat/tenancy/tenants/{id}"},
  "compat.tenants.remove": {"method":"DELETE","path":"/api/tenancy/compat/tenancy/tenants/{id}","query":["confirm"]},
  "compat.tenants.status": {"method":"PUT","path":"/api/tenancy/compat/tenancy/tenants/{id}/status"},
  "compat.tenants.activate": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/activate"},
  "compat.tenants.deactivate": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/deactivate"},
  "compat.tenants.block": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/block"},
  "compat.domains.list": {"method":"GET","path":"/api/tenancy/compat/tenancy/tenants/{id}/domains"},
  "compat.domains.create": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/domains/create"},
  "compat.domains.remove": {"method":"DELETE","path":"/api/tenancy/compat/tenancy/tenants/{id}/domains/{domain}"},
  "compat.tenants.migrate": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/migrate"},
  "compat.tenants.seed": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/seed"},
  "compat.tenants.export": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/export"},
  "compat.tenants.reset": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/reset"},
  "compat.bulk.status": {"method":"PUT","path":"/api/tenancy/compat/tenancy/bulk-status-update"},
  "compat.bulk.migrate-all-tenants": {"method":"POST","path":"/api/tenancy/compat/tenancy/migrate-all-tenants"},
  "compat.bulk.seed-all-tenants": {"method":"POST","path":"/api/tenancy/compat/tenancy/seed-all-tenants"},
  "compat.bulk.maintenance-on": {"method":"POST","path":"/api/tenancy/compat/tenancy/maintenance/on"},
  "compat.bulk.maintenance-off": {"method":"POST","path":"/api/tenancy/compat/tenancy/maintenance/off"},
  "compat.cache.clear": {"method":"POST","path":"/api/tenancy/compat/tenancy/clear-cache"},
  "compat.cache.forget": {"method":"DELETE","path":"/api/tenancy/compat/tenancy/clear-cache"},
  "compat.cache.clearAll": {"method":"POST","path":"/api/tenancy/compat/tenancy/clear-all-caches"},
  "compat.cache.forgetAll": {"method":"DELETE","path":"/api/tenancy/compat/tenancy/clear-all-caches"},
  "compat.cache.clearMonitoring": {"method":"DELETE","path":"/api/tenancy/compat/admin/monitoring/clear-caches"},
  "compat.stats": {"method":"GET","path":"/api/tenancy/compat/tenancy/stats"},
  "compat.liveStats": {"method":"GET","path":"/api/tenancy/compat/tenancy/live-stats"},
  "compat.performance": {"method":"GET","path":"/api/tenancy/compat/tenancy/performance","query":["period"]},
  "compat.activeUsers": {"method":"GET","path":"/api/tenancy/compat/tenancy/active-users"},
  "compat.monitoring.system": {"method":"GET","path":"/api/tenancy/compat/admin/monitoring/system-stats","query":["cache_ttl"]},
  "compat.monitoring.tenants": {"method":"GET","path":"/api/tenancy/compat/admin/monitoring/tenant-stats","query":["page","per_page"]},
  "compat.monitoring.tenant": {"method":"GET","path":"/api/tenancy/compat/admin/monitoring/tenant-stats/{id}"},
  "compat.connectionStats": {"method":"GET","path":"/api/tenancy/compat/tenancy/connection-stats"},
  "compat.monitoring.connections": {"method":"GET","path":"/api/tenancy/compat/admin/monitoring/connections"},
  "compat.dashboard": {"method":"GET","path":"/api/tenancy/compat/tenancy/dashboard","query":["refresh"]},
  "compat.monitoring.dashboard": {"method":"GET","path":"/api/tenancy/compat/admin/monitoring/dashboard","query":["refresh"]},
  "compat.health": {"method":"GET","path":"/api/tenancy/compat/tenancy/health"},
  "compat.systemInfo": {"method":"GET","path":"/api/tenancy/compat/tenancy/system-info"},
  "compat.analytics.overview": {"method":"GET","path":"/api/tenancy/compat/tenancy/analytics/overview","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "compat.analytics.usage": {"method":"GET","path":"/api/tenancy/compat/tenancy/analytics/usage","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","sort","order","by","page","pageSize"]},
  "compat.analytics.performance": {"method":"GET","path":"/api/tenancy/compat/tenancy/analytics/performance","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "compat.analytics.growth": {"method":"GET","path":"/api/tenancy/compat/tenancy/analytics/growth","query":["range","from","to","tz","granularity","width","search","status","plan","region","tag","server","top"]},
  "compat.notOffered.tenants-enable-homepage": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/enable-homepage"},
  "compat.notOffered.tenants-disable-homepage": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/disable-homepage"},
  "compat.notOffered.tenants-backup": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/backup"},
  "compat.notOffered.tenants-restore": {"method":"POST","path":"/api/tenancy/compat/tenancy/tenants/{id}/restore"},
  "compat.notOffered.import-tenant": {"method":"POST","path":"/api/tenancy/compat/tenancy/import-tenant"},
  "compat.notOffered.reports-tenants": {"method":"GET","path":"/api/tenancy/compat/tenancy/reports/tenants"},
  "compat.notOffered.reports-system": {"method":"GET","path":"/api/tenancy/compat/tenancy/reports/system"},
  "problems.list": {"method":"GET","path":"/api/tenancy/problems","query":["fields"]},
  "problems.show": {"method":"GET","path":"/api/tenancy/problems/{code}","query":["fields"]},
  "health.live": {"method":"GET","path":"/api/tenancy/health/live"},
  "health.ready": {"method":"GET","path":"/api/tenancy/health/ready"},
  "openapi.show": {"method":"GET","path":"/api/tenancy/openapi.json"},
};

/** What each operation does, and its input's fields: text, number, boolean, list or json, with ! where it is needed. */
export const descriptions: Record<keyof Operations, { summary: string; fields: Record<string, string> }> = {
  "setUp.show": {"summary":"Tell whether a set-up link can still be used.","fields":{"token":"text!"}},
  "setUp.owner": {"summary":"Create the first owner from the one-time set-up link.","fields":{"token":"text!","name":"text!","email":"text!","password":"text!"}},
  "enrolment.start": {"summary":"Begin to enrol a second factor: a new TOTP secret with its QR code.","fields":{}},
  "enrolment.confirm": {"summary":"Finish enrolling the second factor by a code from the authenticator.","fields":{"code":"text!"}},
  "session.show": {"summary":"Who is signed in.","fields":{}},
  "session.signOut": {"summary":"Sign out: end this session, at once.","fields":{}},
  "stepUp.prove": {"summary":"Prove the second factor again, for one digest: it then counts once, for five minutes.","fields":{"digest":"text!","code":"text","passkey":"text"}},
  "passkeys.challenge": {"summary":"Get a challenge for a passkey, to sign in or for a step-up's digest; it works once, for five minutes.","fields":{"digest":"text"}},
  "account.show": {"summary":"Show one's own account: second factors, recovery codes that are left, when the password was set.","fields":{}},
  "account.password": {"summary":"Change one's own password, which ends one's other sessions.","fields":{"current":"text!","password":"text!"}},
  "account.recoveryCodes": {"summary":"Make ten new recovery codes; the old ones stop working.","fields":{}},
  "sessions.list": {"summary":"List one's own sessions, newest first.","fields":{"cursor":"text","limit":"number","fields":"text"}},
  "sessions.endAll": {"summary":"Sign out everywhere: end all of one's own sessions, or all but this one.","fields":{"keepThis":"text"}},
  "sessions.end": {"summary":"End one of one's own sessions, at once.","fields":{"id":"text!"}},
  "authenticator.start": {"summary":"Begin to move to another authenticator app: a new TOTP secret; the present one works until the new one is proven.","fields":{}},
  "authenticator.change": {"summary":"Finish moving to another authenticator app by a code from it; the former one stops working.","fields":{"pending":"text!","code":"text!"}},
  "passkeys.start": {"summary":"Begin to add a passkey: what the browser needs to make one.","fields":{}},
  "passkeys.add": {"summary":"Add the passkey that the browser made.","fields":{"name":"text!","response":"text!"}},
  "passkeys.remove": {"summary":"Remove one of one's own passkeys.","fields":{"id":"text!"}},
  "servers.list": {"summary":"List the database servers of the fleet with their state.","fields":{"search":"text","region":"list","state":"list","fields":"text"}},
  "servers.add": {"summary":"Add a PostgreSQL server after trying to sign in to it; refused when its cluster is in the fleet already.","fields":{"name":"text!","region":"text!","host":"text!","port":"number","adminUser":"text!","adminPassword":"text","adminDatabase":"text","tls":"boolean"}},
  "servers.show": {"summary":"Show a database server of the fleet with its state.","fields":{"id":"text!","fields":"text"}},
  "servers.edit": {"summary":"Change a server's name, region, capacity, pooler (apps connect anew within a second), or whether it takes new tenants.","fields":{"id":"text!","name":"text","region":"text","pooler":"json","storageCapacityMb":"json","accepting":"boolean"}},
  "servers.remove": {"summary":"Remove a server from the fleet, once no tenant is on it. Nothing on the server is changed.","fields":{"id":"text!","confirm":"text!"}},
  "servers.check": {"summary":"Connect to a server now: how quickly it answers, what its role may do, and whether it is in the fleet twice.","fields":{"id":"text!"}},
  "servers.databases": {"summary":"List the databases on a server that no tenant owns, so that they can be adopted.","fields":{"id":"text!","fields":"text"}},
  "tenants.list": {"summary":"List tenants with their newest figures, searched, filtered and sorted.","fields":{"search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","schema":"text","sort":"text","order":"text","cursor":"text","limit":"number","page":"number","pageSize":"number","fields":"text"}},
  "tenants.create": {"summary":"Create a tenant: its registry entry now, its database and role by resumable steps.","fields":{"name":"text!","slug":"text!","domain":"json","plan":"text","serverId":"text!","region":"text","tags":"list"}},
  "tenants.adopt": {"summary":"Adopt an existing database as a tenant: nothing in it is changed, a role of its own is made.","fields":{"name":"text!","slug":"text!","domain":"json","plan":"text","serverId":"text!","database":"text!"}},
  "tenants.facets": {"summary":"List the regions, plans and tags there are, with how many tenants within reach have each.","fields":{}},
  "tenants.export": {"summary":"Download the tenants with their newest figures as CSV, filtered as the list is.","fields":{"search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","schema":"text","columns":"list"}},
  "tenants.show": {"summary":"Show a tenant with its domains and newest figures.","fields":{"id":"text!","fields":"text"}},
  "tenants.edit": {"summary":"Change a tenant's name, plan, region or tags; refused when somebody changed it since `version` or If-Match.","fields":{"id":"text!","version":"number","name":"text","plan":"text","region":"text","tags":"list"}},
  "tenants.remove": {"summary":"Delete a tenant: it is shut out now and can be restored until its time of grace is over, or is purged at once.","fields":{"id":"text!","confirm":"text!","purge":"json"}},
  "tenants.bySlug": {"summary":"Show a tenant by its slug.","fields":{"slug":"text!","fields":"text"}},
  "tenants.restore": {"summary":"Restore a deleted tenant within its time of grace, with the status it had.","fields":{"id":"text!"}},
  "tenants.setStatus": {"summary":"Activate, deactivate, suspend or block a tenant; PostgreSQL itself enforces it before this answers.","fields":{"id":"text!","status":"text!","reason":"text"}},
  "tenants.resume": {"summary":"Try the failed or waiting step of a tenant again, now.","fields":{"id":"text!"}},
  "tenants.steps": {"summary":"List the steps by which a tenant is being made or removed.","fields":{"id":"text!","fields":"text"}},
  "activities.list": {"summary":"List what happened to tenants, newest first.","fields":{"tenant":"text","type":"list","actor":"text","from":"text","to":"text","cursor":"text","limit":"number","fields":"text"}},
  "tenants.activities": {"summary":"List what happened to a tenant, newest first.","fields":{"id":"text!","type":"list","actor":"text","from":"text","to":"text","cursor":"text","limit":"number","fields":"text"}},
  "tenants.usage": {"summary":"Show the newest value of each metric of a tenant: how it was measured, when, and its limit. Unknown is null.","fields":{"id":"text!"}},
  "tenants.settings": {"summary":"Show a tenant's settings: the limits that PostgreSQL holds its role to, and the storage that is watched.","fields":{"id":"text!","fields":"text"}},
  "tenants.editSettings": {"summary":"Change a tenant's limits; PostgreSQL itself holds to them before this answers.","fields":{"id":"text!","limits":"json!"}},
  "maintenance.show": {"summary":"Show whether a tenant's app is in maintenance, and who is served nevertheless.","fields":{"id":"text!"}},
  "maintenance.start": {"summary":"Put a tenant's app into maintenance, or change what it says: visitors get 503 with the message.","fields":{"id":"text!","message":"text","allow":"list","retryAfterSeconds":"number","until":"json"}},
  "maintenance.end": {"summary":"End a tenant's maintenance.","fields":{"id":"text!"}},
  "support.open": {"summary":"Make a link that opens a tenant's app as support: for one use, within 60 seconds, with a reason.","fields":{"id":"text!","reason":"text!","minutes":"number"}},
  "support.list": {"summary":"List who opened, or wanted to open, a tenant's app as support, newest first.","fields":{"id":"text!","state":"list","cursor":"text","limit":"number","fields":"text"}},
  "support.end": {"summary":"End a support session in a tenant's app, or take back its link; the app sees it within a second.","fields":{"id":"text!","access":"text!"}},
  "domains.list": {"summary":"List a tenant's own domains with the state of each and the TXT record that proves it.","fields":{"id":"text!","fields":"text"}},
  "domains.add": {"summary":"Add a domain to a tenant: it answers once its TXT record is seen. Refused when another tenant has proven it.","fields":{"id":"text!","hostname":"text!"}},
  "domains.show": {"summary":"Show one of a tenant's own domains.","fields":{"id":"text!","domain":"text!","fields":"text"}},
  "domains.remove": {"summary":"Remove a domain from a tenant: it no longer answers, and somebody else can prove it.","fields":{"id":"text!","domain":"text!"}},
  "domains.verify": {"summary":"Ask DNS now whether a domain's TXT record is there.","fields":{"id":"text!","domain":"text!"}},
  "domains.vouch": {"summary":"Take a domain as verified without DNS, such as one of a private network: with a reason, and audited.","fields":{"id":"text!","domain":"text!","reason":"text!"}},
  "domains.setPrimary": {"summary":"Make a verified domain the one that links to the tenant's app use.","fields":{"id":"text!","domain":"text!"}},
  "filters.list": {"summary":"List the saved filters of the tenants' list.","fields":{"fields":"text"}},
  "filters.save": {"summary":"Save a filter of the tenants' list under a name; the same name again replaces one's own.","fields":{"name":"text!","filter":"json!"}},
  "filters.show": {"summary":"Show a saved filter.","fields":{"id":"text!","fields":"text"}},
  "filters.edit": {"summary":"Change a saved filter or its name: one's own, or with the right to change roles anybody's.","fields":{"id":"text!","name":"text","filter":"json"}},
  "filters.remove": {"summary":"Remove a saved filter.","fields":{"id":"text!"}},
  "reports.kinds": {"summary":"List the tables and documents that can be had as files, with their columns and their input.","fields":{"fields":"text"}},
  "reports.list": {"summary":"List reports that were asked for, newest first.","fields":{"status":"list","kind":"list","format":"list","schedule":"text","cursor":"text","limit":"number","fields":"text"}},
  "reports.create": {"summary":"Ask for a report: it is made in the background and kept for download.","fields":{"kind":"text!","input":"json","title":"text"}},
  "reports.show": {"summary":"Show a report: how far it is, its file, and to whom it was mailed.","fields":{"id":"text!"}},
  "reports.remove": {"summary":"Remove a report with its file before its time is over.","fields":{"id":"text!"}},
  "reports.cancel": {"summary":"Cancel a report that is not finished.","fields":{"id":"text!"}},
  "reports.download": {"summary":"Download a report's file. It is in the audit trail.","fields":{"id":"text!"}},
  "reportSchedules.list": {"summary":"List the reports that are made regularly, by their names, with the last of each.","fields":{"kind":"list","cursor":"text","limit":"number","fields":"text"}},
  "reportSchedules.create": {"summary":"Have a report made every day, week or month, and mailed or kept for download.","fields":{"name":"text!","kind":"text!","input":"json","every":"text!","at":"text!","day":"json","tz":"text","covers":"text","recipients":"list","enabled":"boolean"}},
  "reportSchedules.show": {"summary":"Show a report's schedule: when it is due, to whom it goes, and what became of the last one.","fields":{"id":"text!","fields":"text"}},
  "reportSchedules.edit": {"summary":"Change a report's schedule; from then on its reports are made with the rights of who changed it last.","fields":{"id":"text!","name":"text","kind":"text","input":"json","every":"text","at":"text","day":"json","tz":"text","covers":"text","recipients":"list","enabled":"boolean"}},
  "reportSchedules.remove": {"summary":"Remove a report's schedule; the reports that were made for it stay.","fields":{"id":"text!"}},
  "reportSchedules.run": {"summary":"Make a schedule's report now, and mail it to its recipients.","fields":{"id":"text!"}},
  "mail.status": {"summary":"Tell whether mail is set up, from which address it comes, and to which domains it may go.","fields":{}},
  "mail.test": {"summary":"Send a test mail to an address, and tell what the mail server answered.","fields":{"address":"text!"}},
  "lake.show": {"summary":"Show the lake of usage: which days stand there as Parquet, which wait to be written, and what went wrong.","fields":{"cursor":"text","limit":"number","fields":"text"}},
  "lake.export": {"summary":"Ask that the days of a period be written to the lake again.","fields":{"from":"text!","to":"text!"}},
  "reports.tables.tenants": {"summary":"Download as CSV: Tenants with their newest figures, filtered as the list is.","fields":{"search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","schema":"text","columns":"list"}},
  "reports.tables.usage": {"summary":"Download as CSV: What tenants used over a period, a row a tenant and minute, hour or day (UTC).","fields":{"range":"text","from":"text","to":"text","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","tenant":"list","level":"text","columns":"list"}},
  "reports.tables.activities": {"summary":"Download as CSV: What happened to tenants over a period, newest first.","fields":{"range":"text","from":"text","to":"text","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","tenant":"text","type":"list","actor":"text","text":"text","columns":"list"}},
  "reports.tables.domains": {"summary":"Download as CSV: Tenants' own domains with the state of each and the TXT record that proves it.","fields":{"search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","tenant":"text","columns":"list"}},
  "reports.tables.tenantSchemas": {"summary":"Download as CSV: Tenants by where their schema stands.","fields":{"state":"list","version":"text","search":"text","columns":"list"}},
  "reports.tables.bulkRuns": {"summary":"Download as CSV: Bulk runs with what became of their tenants, newest first.","fields":{"status":"list","action":"list","tenant":"text","columns":"list"}},
  "reports.tables.bulkItems": {"summary":"Download as CSV: The tenants of a bulk run and what became of each.","fields":{"run":"text!","status":"list","wave":"number","warned":"text","search":"text","columns":"list"}},
  "reports.tables.tenantUse": {"summary":"Download as CSV: Which tenant used how much over a period, and what part of the whole.","fields":{"range":"text","from":"text","to":"text","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","sort":"text","order":"text","by":"text","columns":"list"}},
  "reports.tables.fleetUse": {"summary":"Download as CSV: What the fleet used over time, a row a step: sums over tenants, but means of response time, time waited and cache hits.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","columns":"list"}},
  "reports.tables.performance": {"summary":"Download as CSV: Who was served worst over a period, by response time, errors, waits and cache hits.","fields":{"range":"text","from":"text","to":"text","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number","columns":"list"}},
  "reports.tables.compare": {"summary":"Download as CSV: Two to eight tenants over time, a row a tenant and step.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","tenant":"list!","metric":"text","mode":"text","columns":"list"}},
  "reports.tables.heatmap": {"summary":"Download as CSV: One metric of many tenants over time, a row a tenant and step.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","metric":"text","sort":"text","top":"number","columns":"list"}},
  "reports.tables.growth": {"summary":"Download as CSV: How the fleet grows, a row a step: tenants made and gone, and storage.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","columns":"list"}},
  "reports.tables.fastestGrowing": {"summary":"Download as CSV: The tenants whose storage grows fastest.","fields":{"range":"text","from":"text","to":"text","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number","columns":"list"}},
  "reports.tables.signIns": {"summary":"Download as CSV: Sign-ins of tenants' own users over a period, by tenant.","fields":{"range":"text","from":"text","to":"text","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","tenant":"text","top":"number","columns":"list"}},
  "reports.tables.signInsOverTime": {"summary":"Download as CSV: Sign-ins of tenants' own users, a row a step.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","tenant":"text","columns":"list"}},
  "reports.tables.failingAddresses": {"summary":"Download as CSV: Addresses from which sign-ins of tenants' own users failed most.","fields":{"range":"text","from":"text","to":"text","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","tenant":"text","top":"number","columns":"list"}},
  "reports.tables.anomalies": {"summary":"Download as CSV: What was out of the ordinary over a period, what goes on first, then the newest.","fields":{"range":"text","from":"text","to":"text","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","tenant":"text","metric":"list","columns":"list"}},
  "reports.tables.forecasts": {"summary":"Download as CSV: When storage or connections of servers and tenants reach their limit, the soonest first.","fields":{"search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","metric":"text","horizonDays":"number","top":"number","columns":"list"}},
  "reports.tables.capacity": {"summary":"Download as CSV: How full each server is: disk, connections, memory and CPU, with when it will be full.","fields":{"range":"text","from":"text","to":"text","columns":"list"}},
  "reports.tables.neighbours": {"summary":"Download as CSV: Whose rise in use goes with whose rise in response time on one server. A correlation, not a cause.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","server":"text!","load":"text","felt":"text","top":"number","columns":"list"}},
  "reports.tables.servers": {"summary":"Download as CSV: The database servers of the fleet with their state.","fields":{"search":"text","region":"list","state":"list","columns":"list"}},
  "reports.tables.processes": {"summary":"Download as CSV: The app processes that use the runtime, with their pools' figures since their start.","fields":{"ended":"json","columns":"list"}},
  "reports.tables.pools": {"summary":"Download as CSV: The 200 tenants to which running app processes keep most connections, or whose requests waited most.","fields":{"process":"text","sort":"text","columns":"list"}},
  "reports.tables.migrations": {"summary":"Download as CSV: The tenants' schema migrations, and how many tenants are at each.","fields":{"columns":"list"}},
  "reports.tables.isolationServers": {"summary":"Download as CSV: Of each server whether its tenants were proven to be apart, and when.","fields":{"columns":"list"}},
  "reports.tables.isolationFindings": {"summary":"Download as CSV: Leaks between tenants that are open, or were.","fields":{"state":"text","server":"text","tenant":"text","rule":"text","columns":"list"}},
  "reports.tables.findings": {"summary":"Download as CSV: What is wrong across the registry and every server, the worst first.","fields":{"rule":"list","server":"text","columns":"list"}},
  "reports.tables.orphans": {"summary":"Download as CSV: Databases and roles on the servers that no tenant has, and what to do about each.","fields":{"server":"text","columns":"list"}},
  "reports.tables.users": {"summary":"Download as CSV: Users with their role, scope and last sign-in.","fields":{"search":"text","role":"list","state":"text","secondFactor":"text","sort":"text","order":"text","columns":"list"}},
  "reports.tables.invitations": {"summary":"Download as CSV: Invitations that can still be accepted.","fields":{"search":"text","role":"list","columns":"list"}},
  "reports.tables.roles": {"summary":"Download as CSV: Built-in and custom roles with their permissions.","fields":{"columns":"list"}},
  "reports.tables.apiKeys": {"summary":"Download as CSV: API keys with their rights and last use; secrets are not among what is kept.","fields":{"search":"text","state":"list","sort":"text","order":"text","columns":"list"}},
  "reports.tables.ipRules": {"summary":"Download as CSV: Addresses that may, or may not, reach the console or the API.","fields":{"columns":"list"}},
  "reports.tables.audit": {"summary":"Download as CSV: The audit trail, oldest first, filtered as the list is.","fields":{"actor":"text","operation":"text","outcome":"text","actorKind":"text","actorId":"text","requestId":"text","ipAddress":"text","target":"text","from":"text","to":"text","columns":"list"}},
  "bulk.actions": {"summary":"List the actions that can be run over many tenants, with the shape of each one's input.","fields":{"fields":"text"}},
  "bulk.plan.activate": {"summary":"Plan: activate tenants: their hosts answer, and PostgreSQL lets their roles in.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.deactivate": {"summary":"Plan: deactivate tenants: their hosts stop answering, their databases stay open.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.suspend": {"summary":"Plan: suspend tenants: PostgreSQL keeps their roles out and ends their sessions.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.block": {"summary":"Plan: block tenants, for abuse or legal reasons: PostgreSQL keeps their roles out and ends their sessions.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.start-maintenance": {"summary":"Plan: put tenants' apps into maintenance, or change what they say: visitors get 503 with the message.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.end-maintenance": {"summary":"Plan: end tenants' maintenance: their apps serve everybody again.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.migrate": {"summary":"Plan: apply the schema migrations that tenants' databases have not got yet.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.rollback": {"summary":"Plan: roll back the newest migration of tenants' databases, where it says how.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json!"}},
  "bulk.plan.seed": {"summary":"Plan: fill tenants' databases with the data that a new one starts with; where that was done, nothing is done.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.set-plan": {"summary":"Plan: set the plan of tenants.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json!"}},
  "bulk.plan.set-limits": {"summary":"Plan: set limits that PostgreSQL itself holds tenants' roles to, and one of storage that is watched.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json!"}},
  "bulk.plan.tag": {"summary":"Plan: add tags to tenants, and take tags off them.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json!"}},
  "bulk.plan.rotate-secret": {"summary":"Plan: give tenants' database roles new random passwords.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.terminate-connections": {"summary":"Plan: end every session in tenants' databases; whoever had one can connect again at once.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.vacuum": {"summary":"Plan: vacuum and analyze tenants' databases, or analyze them only.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.export-data": {"summary":"Plan: write all rows of tenants' databases to files, one a tenant, that psql loads.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.import-data": {"summary":"Plan: put what the action export-data wrote, or an uploaded file of the kind, into tenants' databases.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json!"}},
  "bulk.plan.check-isolation": {"summary":"Plan: check that only tenants' own roles reach their databases; what is found fails the item.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.check-schema": {"summary":"Plan: compare the structure of tenants' databases with what their migrations make.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.reset": {"summary":"Plan: make tenants' databases anew from the migrations; everything in them goes, with no way back.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.delete": {"summary":"Plan: delete tenants: they are shut out now, and can be restored until their time of grace is over.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.restore": {"summary":"Plan: restore deleted tenants within their time of grace, with the status that each had.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "bulk.plan.purge": {"summary":"Plan: purge deleted tenants now: their databases and roles are dropped, with no way back.","fields":{"tenants":"list","filter":"json","savedFilter":"text","except":"list","options":"json","note":"text","input":"json"}},
  "tenants.run.activate": {"summary":"For one tenant, at once: activate tenants: their hosts answer, and PostgreSQL lets their roles in.","fields":{"id":"text!","reason":"text"}},
  "tenants.run.deactivate": {"summary":"For one tenant, at once: deactivate tenants: their hosts stop answering, their databases stay open.","fields":{"id":"text!","reason":"text"}},
  "tenants.run.suspend": {"summary":"For one tenant, at once: suspend tenants: PostgreSQL keeps their roles out and ends their sessions.","fields":{"id":"text!","reason":"text"}},
  "tenants.run.block": {"summary":"For one tenant, at once: block tenants, for abuse or legal reasons: PostgreSQL keeps their roles out and ends their sessions.","fields":{"id":"text!","reason":"text"}},
  "tenants.run.start-maintenance": {"summary":"For one tenant, at once: put tenants' apps into maintenance, or change what they say: visitors get 503 with the message.","fields":{"id":"text!","message":"text","allow":"list","retryAfterSeconds":"number","until":"json"}},
  "tenants.run.end-maintenance": {"summary":"For one tenant, at once: end tenants' maintenance: their apps serve everybody again.","fields":{"id":"text!"}},
  "tenants.run.migrate": {"summary":"For one tenant, at once: apply the schema migrations that tenants' databases have not got yet.","fields":{"id":"text!","upTo":"text","lockTimeoutMs":"number","statementTimeoutMs":"number"}},
  "tenants.run.rollback": {"summary":"For one tenant, at once: roll back the newest migration of tenants' databases, where it says how.","fields":{"id":"text!","migration":"text!","lockTimeoutMs":"number","statementTimeoutMs":"number"}},
  "tenants.run.seed": {"summary":"For one tenant, at once: fill tenants' databases with the data that a new one starts with; where that was done, nothing is done.","fields":{"id":"text!","again":"boolean","lockTimeoutMs":"number","statementTimeoutMs":"number"}},
  "tenants.run.set-plan": {"summary":"For one tenant, at once: set the plan of tenants.","fields":{"id":"text!","plan":"text!"}},
  "tenants.run.set-limits": {"summary":"For one tenant, at once: set limits that PostgreSQL itself holds tenants' roles to, and one of storage that is watched.","fields":{"id":"text!","connections":"json","statementTimeoutSeconds":"json","idleInTransactionSeconds":"json","workMemMb":"json","storageMb":"json"}},
  "tenants.run.tag": {"summary":"For one tenant, at once: add tags to tenants, and take tags off them.","fields":{"id":"text!","add":"list","remove":"list"}},
  "tenants.run.rotate-secret": {"summary":"For one tenant, at once: give tenants' database roles new random passwords.","fields":{"id":"text!"}},
  "tenants.run.terminate-connections": {"summary":"For one tenant, at once: end every session in tenants' databases; whoever had one can connect again at once.","fields":{"id":"text!"}},
  "tenants.run.vacuum": {"summary":"For one tenant, at once: vacuum and analyze tenants' databases, or analyze them only.","fields":{"id":"text!","mode":"text"}},
  "tenants.run.export-data": {"summary":"For one tenant, at once: write all rows of tenants' databases to files, one a tenant, that psql loads.","fields":{"id":"text!"}},
  "tenants.run.import-data": {"summary":"For one tenant, at once: put what the action export-data wrote, or an uploaded file of the kind, into tenants' databases.","fields":{"id":"text!","run":"text","position":"number","upload":"text","replace":"boolean"}},
  "tenants.run.check-isolation": {"summary":"For one tenant, at once: check that only tenants' own roles reach their databases; what is found fails the item.","fields":{"id":"text!"}},
  "tenants.run.check-schema": {"summary":"For one tenant, at once: compare the structure of tenants' databases with what their migrations make.","fields":{"id":"text!"}},
  "tenants.run.reset": {"summary":"For one tenant, at once: make tenants' databases anew from the migrations; everything in them goes, with no way back.","fields":{"id":"text!","seed":"boolean","lockTimeoutMs":"number","statementTimeoutMs":"number"}},
  "tenants.run.delete": {"summary":"For one tenant, at once: delete tenants: they are shut out now, and can be restored until their time of grace is over.","fields":{"id":"text!"}},
  "tenants.run.restore": {"summary":"For one tenant, at once: restore deleted tenants within their time of grace, with the status that each had.","fields":{"id":"text!"}},
  "tenants.run.purge": {"summary":"For one tenant, at once: purge deleted tenants now: their databases and roles are dropped, with no way back.","fields":{"id":"text!"}},
  "bulk.list": {"summary":"List bulk runs, newest first.","fields":{"status":"list","action":"list","tenant":"text","cursor":"text","limit":"number","fields":"text"}},
  "tenants.runs": {"summary":"List the bulk runs that a tenant is or was a part of, newest first.","fields":{"id":"text!","status":"list","action":"list","cursor":"text","limit":"number","fields":"text"}},
  "bulk.show": {"summary":"Show a bulk run: its plan, its progress by wave, and the time left.","fields":{"id":"text!"}},
  "bulk.items": {"summary":"List the tenants of a bulk run and what became of each.","fields":{"id":"text!","status":"list","wave":"number","warned":"text","search":"text","position":"number","sort":"text","order":"text","cursor":"text","limit":"number","fields":"text"}},
  "bulk.itemLog": {"summary":"List what happened while one tenant of a bulk run was worked on.","fields":{"id":"text!","position":"number!","fields":"text"}},
  "bulk.confirm": {"summary":"Confirm a planned bulk run, by its digest: it begins.","fields":{"id":"text!","digest":"text!"}},
  "bulk.replan": {"summary":"Make the plan anew from the same selection, since tenants changed: it gets another digest.","fields":{"id":"text!"}},
  "bulk.pause": {"summary":"Pause a bulk run: what runs comes to its end, nothing new begins.","fields":{"id":"text!"}},
  "bulk.resume": {"summary":"Go on with a paused bulk run.","fields":{"id":"text!","ignoreFailures":"boolean"}},
  "bulk.cancel": {"summary":"Cancel a bulk run: what runs comes to its end, the rest is left as it is.","fields":{"id":"text!"}},
  "bulk.retry": {"summary":"Try the failed tenants of a bulk run again, under the same confirmation.","fields":{"id":"text!"}},
  "bulk.undo": {"summary":"Plan a bulk run that takes back what this one did; it is confirmed like any other.","fields":{"id":"text!"}},
  "bulk.download": {"summary":"Download what an action left for one tenant, such as the export of its data.","fields":{"id":"text!","position":"number!"}},
  "uploads.create": {"summary":"Upload a file that the action import-data puts into tenants' databases; it is kept for a day.","fields":{}},
  "users.list": {"summary":"List users with their role, scope and last sign-in.","fields":{"search":"text","role":"list","state":"text","secondFactor":"text","sort":"text","order":"text","cursor":"text","limit":"number","fields":"text"}},
  "users.show": {"summary":"Show a user with their role, scope and last sign-in.","fields":{"id":"text!","fields":"text"}},
  "users.edit": {"summary":"Change a user's role or scope, with no more rights than one's own.","fields":{"id":"text!","role":"text","scope":"json"}},
  "users.sessions": {"summary":"List where a user is signed in, newest first.","fields":{"id":"text!","cursor":"text","limit":"number","fields":"text"}},
  "users.endSessions": {"summary":"Sign a user out everywhere.","fields":{"id":"text!"}},
  "users.setActive": {"summary":"Deactivate a user, which ends every session at once (and revokes keys they made, if told), or let them in again.","fields":{"id":"text!","active":"boolean!","revokeKeys":"boolean"}},
  "users.resetSecondFactor": {"summary":"Remove a user's authenticator, passkeys and recovery codes and end their sessions; owners only.","fields":{"id":"text!"}},
  "users.passwordLink": {"summary":"Make a single-use link by which a user sets a new password; it ends after a day.","fields":{"id":"text!"}},
  "invitations.list": {"summary":"List invitations that can still be accepted.","fields":{"search":"text","role":"list","cursor":"text","limit":"number","fields":"text"}},
  "invitations.create": {"summary":"Invite somebody by a single-use link, which is shown once and ends after seven days.","fields":{"email":"text!","role":"text!","scope":"json"}},
  "invitations.show": {"summary":"Show an invitation that can still be accepted.","fields":{"id":"text!","fields":"text"}},
  "invitations.withdraw": {"summary":"Withdraw an invitation: its link stops working.","fields":{"id":"text!"}},
  "join.show": {"summary":"Tell whether an invitation's link can still be used, and for whom it is.","fields":{"token":"text!"}},
  "join.accept": {"summary":"Accept an invitation: makes the account.","fields":{"token":"text!","name":"text!","password":"text!"}},
  "newPassword.show": {"summary":"Tell whether a link to set a new password can still be used.","fields":{"token":"text!"}},
  "newPassword.set": {"summary":"Set a new password by a link; every session of the account ends, its second factor stays.","fields":{"token":"text!","password":"text!"}},
  "roles.list": {"summary":"List built-in and custom roles with their permissions.","fields":{"fields":"text"}},
  "roles.show": {"summary":"Show a role with its permissions.","fields":{"name":"text!","fields":"text"}},
  "roles.save": {"summary":"Make or change a custom role, with no more permissions than one's own.","fields":{"name":"text!","description":"text","permissions":"list!"}},
  "roles.remove": {"summary":"Delete a custom role that nobody has any more.","fields":{"name":"text!"}},
  "keys.list": {"summary":"List API keys; secrets are not among what is kept.","fields":{"search":"text","state":"list","sort":"text","order":"text","cursor":"text","limit":"number","fields":"text"}},
  "keys.create": {"summary":"Make an API key, with no more rights than one's own; the key is shown once.","fields":{"name":"text!","permissions":"list!","scope":"json","expiresInDays":"json","allowedAddresses":"list","rateLimit":"json"}},
  "keys.show": {"summary":"Show an API key, without its secret.","fields":{"id":"text!","fields":"text"}},
  "keys.edit": {"summary":"Change a key's name, addresses, rate limit or end; what it may do stays, and is no more than one's own.","fields":{"id":"text!","name":"text","expiresInDays":"json","allowedAddresses":"list","rateLimit":"json"}},
  "keys.revoke": {"summary":"Revoke an API key, at once.","fields":{"id":"text!"}},
  "caller.show": {"summary":"Tell who asks: a person, an API key or nobody, with its rights and its limit of requests.","fields":{}},
  "ipRules.list": {"summary":"List the IP rules, and the address that this request came from.","fields":{"fields":"text"}},
  "ipRules.add": {"summary":"Allow or deny an address or network; refused when it would lock its author out.","fields":{"network":"text!","action":"text!","area":"text!","note":"text"}},
  "ipRules.show": {"summary":"Show an IP rule.","fields":{"id":"text!","fields":"text"}},
  "ipRules.edit": {"summary":"Change an IP rule; refused when it would lock its author out.","fields":{"id":"text!","network":"text","action":"text","area":"text","note":"text"}},
  "ipRules.remove": {"summary":"Remove an IP rule; refused when it would lock its author out.","fields":{"id":"text!"}},
  "audit.list": {"summary":"List the audit trail, newest first.","fields":{"actor":"text","operation":"text","outcome":"text","actorKind":"text","actorId":"text","requestId":"text","ipAddress":"text","target":"text","from":"text","to":"text","order":"text","cursor":"text","limit":"number","fields":"text"}},
  "audit.show": {"summary":"Show one event of the audit trail.","fields":{"id":"text!","fields":"text"}},
  "audit.verify": {"summary":"Check every link of the audit trail, and that it holds an end that was noted before.","fields":{"noted":"text"}},
  "audit.signer": {"summary":"The public key by which exports of the audit trail are verified without the database.","fields":{}},
  "audit.export": {"summary":"Download the audit trail: signed JSON lines, or CSV.","fields":{"actor":"text","operation":"text","outcome":"text","actorKind":"text","actorId":"text","requestId":"text","ipAddress":"text","target":"text","from":"text","to":"text","format":"text","columns":"list"}},
  "schema.overview": {"summary":"Show the tenants' schema migrations, and how many tenants are at each.","fields":{}},
  "schema.tenants": {"summary":"List tenants by where their schema stands.","fields":{"state":"list","version":"text","search":"text","sort":"text","order":"text","cursor":"text","limit":"number","page":"number","pageSize":"number","fields":"text"}},
  "schema.show": {"summary":"Show where a tenant's schema stands and how it differs from what its migrations make.","fields":{"id":"text!"}},
  "isolation.overview": {"summary":"Show for each server whether its tenants were proven to be apart, when, and what leaks.","fields":{}},
  "isolation.findings": {"summary":"List the leaks that are open, or were: by server, tenant and rule.","fields":{"state":"text","server":"text","tenant":"text","rule":"text","sort":"text","order":"text","cursor":"text","limit":"number","page":"number","pageSize":"number","fields":"text"}},
  "isolation.check": {"summary":"Prove isolation now, on one server or on all: it answers when every server was asked.","fields":{"server":"text"}},
  "health.detailed": {"summary":"Show how each part of Tenantry stands, measured now: always 200, with an overall state.","fields":{}},
  "system.show": {"summary":"Show versions, processes, settings in force without their secrets, retention, limits and counts.","fields":{}},
  "caches.list": {"summary":"List every cache of every process, with what is counted of it; null is not counted.","fields":{"fields":"text"}},
  "caches.clear": {"summary":"Forget what caches keep, in every process: what is asked next is read anew.","fields":{"caches":"list"}},
  "demo.show": {"summary":"Show how the demo fleet stands: loaded or not, how far loading or removing is, and which tenants are its own.","fields":{}},
  "demo.load": {"summary":"Load the demo fleet: twelve tenants with traffic, bulk runs and a made-up past. The worker does it; what is there stays.","fields":{}},
  "demo.remove": {"summary":"Remove the demo fleet: its own tenants with their databases, figures, activities and bulk runs, and nothing else. No way back.","fields":{}},
  "fleet.diagnose": {"summary":"Find what is wrong across the registry and every server; nothing is changed.","fields":{"rule":"list","server":"text","fields":"text"}},
  "fleet.mend": {"summary":"Mend findings that can be mended without losing anything, after looking again whether they stand.","fields":{"findings":"list!"}},
  "fleet.orphans": {"summary":"List databases and roles on the servers that no tenant has, and what to do about each.","fields":{"server":"text","fields":"text"}},
  "monitoring.live": {"summary":"Show the newest figures: totals, and the tenants highest in a metric, each with source and age.","fields":{"metric":"text","limit":"number","fields":"text"}},
  "monitoring.system": {"summary":"Show hosts with cores, memory and load, and servers with their disks and what no tenant owns.","fields":{}},
  "monitoring.connections": {"summary":"Show connections: by server and state against its limit, tenants by sessions, and app processes' pools.","fields":{"limit":"number","fields":"text"}},
  "monitoring.performance": {"summary":"Show transactions, cache hits, temporary bytes, deadlocks, slow statements and response times.","fields":{"limit":"number","fields":"text"}},
  "monitoring.memory": {"summary":"Show memory: backends' own, shared buffers, what no tenant owns, and tenants by memory. MiB.","fields":{"limit":"number","fields":"text"}},
  "monitoring.dashboard": {"summary":"One answer for a wall display: counts, health, totals, servers, runs at work, open anomalies and leaks.","fields":{}},
  "monitoring.statements": {"summary":"Show what runs in a tenant's database now, and which of its statements took most time.","fields":{"id":"text!","limit":"number"}},
  "metrics.overview": {"summary":"The fleet at a glance: totals, status counts, top tenants and system health.","fields":{}},
  "metrics.fleetSeries": {"summary":"Fleet-wide series of CPU, memory, storage and requests over a range.","fields":{"range":"text"}},
  "metrics.tenantSeries": {"summary":"One tenant's series of every metric over a range.","fields":{"id":"text!","range":"text"}},
  "live.stream": {"summary":"Follow the fleet live, as server-sent events.","fields":{"topics":"text"}},
  "runtime.processes": {"summary":"List the app processes that use the runtime, with their pools' figures.","fields":{"ended":"json","fields":"text"}},
  "runtime.pools": {"summary":"List tenants by the connections that running app processes keep to them, or by how requests waited.","fields":{"process":"text","sort":"text","limit":"number","fields":"text"}},
  "runtime.tenant": {"summary":"Show which app processes keep connections to a tenant's database, and who waits for one.","fields":{"id":"text!","fields":"text"}},
  "history.show": {"summary":"How usage is kept: each level with its retention, size, and up to when it is complete.","fields":{}},
  "analytics.overview": {"summary":"The fleet over a period: what it used, how that changed, and which tenants moved most.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "analytics.tenants": {"summary":"Which tenant used how much over a period, and what part of the whole.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","sort":"text","order":"text","by":"text","page":"number","pageSize":"number","fields":"text"}},
  "analytics.tenant": {"summary":"One tenant's history: series of every metric, what happened meanwhile, and what was out of the ordinary.","fields":{"id":"text!","range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","metric":"list"}},
  "analytics.memory": {"summary":"Memory over a period: the sum, the tenants that used most, how it is spread, and who moved.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "analytics.storage": {"summary":"Storage over a period: the sum, the tenants that used most, how it is spread, and who moved.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "analytics.cpu": {"summary":"CPU over a period: the sum, the tenants that used most, how it is spread, and who moved.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "analytics.requests": {"summary":"Requests over a period: the sum, the tenants that used most, how it is spread, and who moved.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "analytics.performance": {"summary":"How fast tenants were served over a period: response times, errors, waits and cache hits, and who had it worst.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "analytics.compare": {"summary":"Two to eight tenants on one chart: as measured, each by its own peak, or as parts of their sum.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","tenant":"list!","metric":"text","mode":"text"}},
  "analytics.heatmap": {"summary":"Tenants by time: one metric, a row a tenant, a cell a step.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","metric":"text","sort":"text","top":"number"}},
  "analytics.growth": {"summary":"How the fleet grows: tenants made and gone, storage added, and the tenants that grow fastest.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "analytics.activities": {"summary":"What happened in the fleet: activities by type and over time, with every one that matches.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","type":"list","tenant":"text","actor":"text","text":"text","cursor":"text","limit":"number","fields":"text"}},
  "analytics.signIns": {"summary":"Sign-ins of tenants' own users, as their apps tell them: successes, failures, and from where.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","tenant":"text","top":"number"}},
  "analytics.forecast": {"summary":"When storage or connections reach their limit: servers and tenants, the soonest first, or one with its band.","fields":{"search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","metric":"text","tenant":"text","onServer":"text","horizonDays":"number","top":"number"}},
  "analytics.capacity": {"summary":"How full each server is: disk, connections, memory and CPU, with when it will be full.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","fields":"text"}},
  "analytics.anomalies": {"summary":"What was out of the ordinary: values far from what is usual for that tenant at that hour of the week.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","tenant":"text","metric":"list","page":"number","pageSize":"number","fields":"text"}},
  "analytics.neighbours": {"summary":"Whose rise in use goes with whose rise in response time on one server. A correlation, not a cause.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","server":"text!","load":"text","felt":"text","top":"number","fields":"text"}},
  "ingest.metrics": {"summary":"Take metrics of tenants' apps by OTLP over HTTP.","fields":{"resourceMetrics":"json"}},
  "registry.import": {"summary":"Adopt the tenants of another registry whose databases are on a server, and say of each of the others why not.","fields":{"serverId":"text!","rows":"json!","centralDomain":"json","plan":"text","suggested":"boolean","dryRun":"boolean"}},
  "compat.tenants.list": {"summary":"List tenants by pages, in artflow's form.","fields":{"page":"number","per_page":"number","search":"text","status":"text","sort":"text","order":"text"}},
  "compat.tenants.store": {"summary":"Create a tenant, in artflow's form: its database is made by steps that go on after this.","fields":{"name":"text!","domain":"text!","server_id":"text","status":"text","run_migrations":"boolean","database_name":"json","notes":"json","settings":"json"}},
  "compat.tenants.create": {"summary":"Create a tenant, in artflow's form: its database is made by steps that go on after this.","fields":{"name":"text!","domain":"text!","server_id":"text","status":"text","run_migrations":"boolean","database_name":"json","notes":"json","settings":"json"}},
  "compat.tenants.show": {"summary":"Show a tenant, in artflow's form.","fields":{"id":"text!"}},
  "compat.tenants.update": {"summary":"Change a tenant's name and status, in artflow's form.","fields":{"id":"text!","name":"text","status":"text","notes":"json","settings":"json"}},
  "compat.tenants.remove": {"summary":"Delete a tenant, in artflow's form: with its slug as confirmation, and a time of grace.","fields":{"id":"text!","confirm":"text!"}},
  "compat.tenants.status": {"summary":"Set a tenant's status, in artflow's form.","fields":{"id":"text!","status":"text!"}},
  "compat.tenants.activate": {"summary":"Make a tenant active, in artflow's form.","fields":{"id":"text!"}},
  "compat.tenants.deactivate": {"summary":"Make a tenant inactive, in artflow's form.","fields":{"id":"text!"}},
  "compat.tenants.block": {"summary":"Make a tenant blocked, in artflow's form.","fields":{"id":"text!"}},
  "compat.domains.list": {"summary":"List a tenant's domains, in artflow's form.","fields":{"id":"text!"}},
  "compat.domains.create": {"summary":"Add a domain to a tenant, in artflow's form: it answers once it is proven.","fields":{"id":"text!","domain":"text!","is_primary":"boolean"}},
  "compat.domains.remove": {"summary":"Remove a domain from a tenant, in artflow's form.","fields":{"id":"text!","domain":"text!"}},
  "compat.tenants.migrate": {"summary":"Migrate a tenant's database, in artflow's form: a run of one tenant, which goes on after this.","fields":{"id":"text!","fresh":"boolean","seed":"boolean"}},
  "compat.tenants.seed": {"summary":"Seed a tenant's database, in artflow's form: a run of one tenant, which goes on after this.","fields":{"id":"text!","class":"json"}},
  "compat.tenants.export": {"summary":"Export a tenant's data, in artflow's form: a run of one tenant, which goes on after this.","fields":{"id":"text!"}},
  "compat.tenants.reset": {"summary":"Make a tenant's database anew, in artflow's form: with its slug as confirmation.","fields":{"id":"text!","confirm":"text!"}},
  "compat.bulk.status": {"summary":"Set the status of many tenants, in artflow's form: planned, and done when a person confirms.","fields":{"tenant_ids":"list","tenant_uuids":"list","status":"text!"}},
  "compat.bulk.migrate-all-tenants": {"summary":"Migrate all tenants, in artflow's form: planned, and done when a person confirms.","fields":{"fresh":"boolean","seed":"boolean"}},
  "compat.bulk.seed-all-tenants": {"summary":"Seed all tenants, in artflow's form: planned, and done when a person confirms.","fields":{}},
  "compat.bulk.maintenance-on": {"summary":"Begin maintenance of all tenants' apps, in artflow's form: planned, and done when a person confirms.","fields":{"message":"text"}},
  "compat.bulk.maintenance-off": {"summary":"End maintenance of all tenants' apps, in artflow's form: planned, and done when a person confirms.","fields":{}},
  "compat.cache.clear": {"summary":"Forget what caches keep, in artflow's form: all of them, in every process.","fields":{}},
  "compat.cache.forget": {"summary":"Forget what caches keep, in artflow's form: all of them, in every process.","fields":{}},
  "compat.cache.clearAll": {"summary":"Forget what caches keep, in artflow's form: all of them, in every process.","fields":{}},
  "compat.cache.forgetAll": {"summary":"Forget what caches keep, in artflow's form: all of them, in every process.","fields":{}},
  "compat.cache.clearMonitoring": {"summary":"Forget what caches keep, in artflow's form: all of them, in every process.","fields":{}},
  "compat.stats": {"summary":"Count tenants, in artflow's form.","fields":{}},
  "compat.liveStats": {"summary":"Counts and newest figures, in artflow's form.","fields":{}},
  "compat.performance": {"summary":"Newest figures of the fleet, in artflow's form; what it made up is null.","fields":{"period":"text"}},
  "compat.activeUsers": {"summary":"What artflow made up about users: all null.","fields":{}},
  "compat.monitoring.system": {"summary":"Counts and newest figures, in artflow's form.","fields":{"cache_ttl":"text"}},
  "compat.monitoring.tenants": {"summary":"Newest figures of tenants, a page at a time, in artflow's form.","fields":{"page":"number","per_page":"number"}},
  "compat.monitoring.tenant": {"summary":"Newest figures of a tenant, in artflow's form.","fields":{"id":"text!"}},
  "compat.connectionStats": {"summary":"Connections to the servers, asked now, in artflow's form.","fields":{}},
  "compat.monitoring.connections": {"summary":"Connections to the servers, asked now, in artflow's form.","fields":{}},
  "compat.dashboard": {"summary":"Counts, newest tenants and newest figures, in artflow's form.","fields":{"refresh":"text"}},
  "compat.monitoring.dashboard": {"summary":"Counts, newest tenants and newest figures, in artflow's form.","fields":{"refresh":"text"}},
  "compat.health": {"summary":"How each part of Tenantry stands, in artflow's form.","fields":{}},
  "compat.systemInfo": {"summary":"Versions of Tenantry and what it runs on, in artflow's form.","fields":{}},
  "compat.analytics.overview": {"summary":"The fleet over a period: what it used, how that changed, and which tenants moved most, in artflow's envelope.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "compat.analytics.usage": {"summary":"Which tenant used how much over a period, and what part of the whole, in artflow's envelope.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","sort":"text","order":"text","by":"text","page":"number","pageSize":"number"}},
  "compat.analytics.performance": {"summary":"How fast tenants were served over a period: response times, errors, waits and cache hits, and who had it worst, in artflow's envelope.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "compat.analytics.growth": {"summary":"How the fleet grows: tenants made and gone, storage added, and the tenants that grow fastest, in artflow's envelope.","fields":{"range":"text","from":"text","to":"text","tz":"text","granularity":"text","width":"number","search":"text","status":"list","plan":"list","region":"list","tag":"list","server":"text","top":"number"}},
  "compat.notOffered.tenants-enable-homepage": {"summary":"Not offered, and answered with 501: tenants-enable-homepage.","fields":{"id":"text!"}},
  "compat.notOffered.tenants-disable-homepage": {"summary":"Not offered, and answered with 501: tenants-disable-homepage.","fields":{"id":"text!"}},
  "compat.notOffered.tenants-backup": {"summary":"Not offered, and answered with 501: tenants-backup.","fields":{"id":"text!"}},
  "compat.notOffered.tenants-restore": {"summary":"Not offered, and answered with 501: tenants-restore.","fields":{"id":"text!"}},
  "compat.notOffered.import-tenant": {"summary":"Not offered, and answered with 501: import-tenant.","fields":{}},
  "compat.notOffered.reports-tenants": {"summary":"Not offered, and answered with 501: reports-tenants.","fields":{}},
  "compat.notOffered.reports-system": {"summary":"Not offered, and answered with 501: reports-system.","fields":{}},
  "problems.list": {"summary":"List the kinds of problems the API answers with, and the fixed words of their reasons.","fields":{"fields":"text"}},
  "problems.show": {"summary":"Say what a kind of problem means and what to do: the address that a problem's `type` names.","fields":{"code":"text!","fields":"text"}},
  "health.live": {"summary":"Whether the process runs.","fields":{}},
  "health.ready": {"summary":"Whether the process can do its work.","fields":{}},
  "openapi.show": {"summary":"This document.","fields":{}},
};
