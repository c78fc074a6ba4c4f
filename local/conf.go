package local

import (
	"fmt"
	"strings"
)

// The files are written anew at every start. What an operator sets with ALTER
// SYSTEM is kept by Postgres elsewhere and wins.

// hbaConf: the two roles we make are for the people named in pg_ident.conf, by
// the kernel's word on who holds the other end of the socket. Any further role
// needs a password of its own.
const hbaConf = `local all postgres,gridwork peer map=gridwork
local all all scram-sha-256
`

// identConf lets in whoever starts the stores, and root. When root has dropped
// to nobody or postgres, that account itself stays out.
func identConf(user string) string {
	var b strings.Builder
	for _, name := range []string{"root", user} {
		for _, role := range []string{adminRole, ownerRole} {
			fmt.Fprintf(&b, "gridwork %q %s\n", name, role)
		}
		if user == "root" {
			break
		}
	}
	return b.String()
}

func (h home) postgresConf(o Options) string {
	return fmt.Sprintf(postgresConf, h.sockets) + pick(o.Fast, fastPostgres, durablePostgres)
}

// postgresConf is for a small machine (two cores, 2 GB or more) shared with the
// server itself, and tables of a million rows.
const postgresConf = `listen_addresses = ''
unix_socket_directories = '%s'
unix_socket_permissions = 0700
cluster_name = 'gridwork'
max_connections = 200

shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 256MB
random_page_cost = 1.1
effective_io_concurrency = 100
# Parallel plans and compiled queries win nothing on two busy cores.
max_parallel_workers_per_gather = 0
jit = off
# A bulk load of a million rows should not checkpoint more than a few times.
max_wal_size = 2GB
checkpoint_timeout = 15min
wal_compression = lz4
# Queues and deadlines turn over quickly; do not let their tables bloat.
autovacuum_naptime = 15s
autovacuum_vacuum_scale_factor = 0.05

timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_line_prefix = '%%m [%%p] %%d '
log_lock_waits = on
log_min_duration_statement = 1s
# No personal data in the log: neither parameters, nor the details of a
# constraint violation, which quote the row.
log_parameter_max_length = 0
log_error_verbosity = terse
`

const (
	durablePostgres = `fsync = on
synchronous_commit = on
`
	// What was committed survives a killed Postgres still, not a killed machine. Nothing is tidied up: databases of tests live
	// for seconds, and looking into hundreds of them took a fifth of a core.
	fastPostgres = `autovacuum = off
fsync = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
`
)

func (h home) redisConf(password string, o Options) string {
	return fmt.Sprintf(redisConf, h.redisSocket(), h.redisDir(), password, pick(o.Fast, "no", "everysec"))
}

// redisConf: noeviction, because a job that is evicted is a job that is lost.
const redisConf = `port 0
unixsocket %[1]s
unixsocketperm 700
dir %[2]s
pidfile %[2]s/redis.pid
daemonize no
logfile ""
requirepass %[3]s
maxmemory 512mb
maxmemory-policy noeviction
save ""
appendonly yes
appendfsync %[4]s
`

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
