-- PUBLIC may connect to any database until told otherwise, so every tenant's role could: listen to other tenants'
-- notifications, send forged ones, and hold the locks by which workers agree. The owner and superusers still may.
DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
END $$;
