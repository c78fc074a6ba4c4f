// Package protocol checks a running GraphQL endpoint against the GraphQL-over-HTTP specification, with the
// specification's own audit suite. The suite is JavaScript: it needs Node, and fetches its two packages by
// their locked hashes the first time.
package protocol

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
)

// Audit runs all audits against the endpoint and returns the report: one line for each that is not met, and
// the counts. The error is not nil when one fails that is not optional. authorization, if not empty, goes into
// the Authorization header; the endpoint must take its bearer for a developer.
func Audit(ctx context.Context, url, authorization string) (report string, err error) {
	_, file, _, _ := runtime.Caller(0)
	dir := filepath.Dir(file)
	if err := install(ctx, dir); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "node", "audit.js")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GRAPHQL_URL="+url, "GRAPHQL_AUTHORIZATION="+authorization)
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("audit %s: %w", url, err)
	}
	return string(out), err
}

var installing sync.Mutex

// install fetches the packages unless those of the present lock file are there.
func install(ctx context.Context, dir string) error {
	installing.Lock()
	defer installing.Unlock()
	locked, err := os.Stat(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return err
	}
	installed, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json"))
	if err == nil && !installed.ModTime().Before(locked.ModTime()) {
		return nil
	}
	cmd := exec.CommandContext(ctx, "npm", "ci")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci in %s: %w\n%s", dir, err, out)
	}
	return nil
}
