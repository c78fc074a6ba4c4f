package stand

import "path/filepath"

// Environment configures a platform on a city of the stand: in production mode with keys of its own, so that nothing is
// made easier for it than it will be. Requests may say in X-Forwarded-For where they come from.
func (s *Stand) Environment(address string, more ...string) []string {
	return append([]string{
		"GRIDWORK_MODE=production", "DATABASE_URL=" + address, "REDIS_URL=" + s.Stores.RedisURL, "CITY=" + City,
		"LISTEN=127.0.0.1:0", "COOKIE_SECURE=true", "TRUSTED_PROXIES=127.0.0.0/8", "LOG_LEVEL=warn",
		"DATA_DIR=" + filepath.Join(s.dir, "data"),
		// Keys that belong to no real city.
		"SEAL_PUBLIC_KEY=1Vn2Il2JbRgtC/WUBzIF9tpjxxe81mM6aBZdyoYHwXI=",
		"CLAIM_KEY=Y2xhaW1jbGFpbWNsYWltY2xhaW1jbGFpbWNsYWltY2w=",
		"MARK_KEY=bWFya21hcmttYXJrbWFya21hcmttYXJrbWFya21hcms=",
		"VISIT_KEY=dmlzaXR2aXNpdHZpc2l0dmlzaXR2aXNpdHZpc2l0dmk=",
		"BADGE_KEY=YmFkZ2ViYWRnZWJhZGdlYmFkZ2ViYWRnZWJhZGdlYmE=",
	}, more...)
}
