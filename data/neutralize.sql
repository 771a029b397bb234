-- A copy of the database must not reach the source with the customer's credentials.
UPDATE crm_migration_job
   SET settings_secret = NULL, anonymize_salt = NULL;

UPDATE crm_migration_job_start
   SET settings_secret = NULL;

-- Nor go on by itself, should the scheduler be switched on again.
UPDATE crm_migration_run
   SET state = 'paused'
 WHERE state IN ('running', 'waiting');

UPDATE crm_migration_job
   SET state = 'paused'
 WHERE state IN ('running', 'waiting');
