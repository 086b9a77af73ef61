/**
 * Parameters that must be equal on all members: Patroni takes them from the dynamic configuration and leaves out what a
 * node's own file says (Patroni's documentation, "Important rules"; CMDLINE_OPTIONS in its sources).
 */
export const dynamicOnlyParameters: ReadonlySet<string> = new Set([
  'max_connections',
  'max_locks_per_transaction',
  'max_worker_processes',
  'max_prepared_transactions',
  'wal_level',
  'track_commit_timestamp',
  'max_wal_senders',
  'max_replication_slots',
  'wal_keep_segments',
  'wal_keep_size',
  'wal_log_hints',
  'hot_standby',
]);

/** Parameters that Patroni makes from `postgresql.listen` and `scope`. */
export const patroniOwnParameters: ReadonlySet<string> = new Set(['listen_addresses', 'port', 'cluster_name']);
