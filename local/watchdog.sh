# Stops the stores when nobody uses them any more and nobody was left to do it:
# every program was killed, or Ctrl-C ended a test before its cleanup.
#
# Runs in the stores' folder; $1 is the folder of their sockets. Descriptor 3 is the file "users", of which every
# program that uses the stores holds a shared lock; descriptor 4 is our own life sign.
flock --exclusive 3

halt() { # signal, lock that the server's processes hold, file with its process id
	[ -e "$2" ] || return # never started, or its folder was removed
	if flock --nonblock "$2" true; then return; fi
	read -r pid rest <"$3" || return
	kill -s "$1" "$pid"
	kill -s CONT "$pid"
	flock --timeout 60 "$2" true
}
halt TERM redis.alive redis/redis.pid
halt INT postgres.alive postgres/postmaster.pid

rm -f "${1:?}"/* "${1:?}"/.s.* && rmdir "$1"

# First the life sign, then (by ending) the lock: whoever comes next must see
# that a new watchdog is needed.
exec 4>&-
