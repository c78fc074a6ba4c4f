package local

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/redis/go-redis/v9"
)

const redisBin = "/usr/bin"

func (h home) redis(o Options) (*Process, string, error) {
	server, err := find("redis-server", redisBin, "Redis")
	if err != nil {
		return nil, "", err
	}
	password, err := h.redisPassword()
	if err != nil {
		return nil, "", err
	}
	address := (&url.URL{Scheme: "unix", User: url.UserPassword("", password), Path: h.redisSocket()}).String()
	options, err := redis.ParseURL(address)
	if err != nil {
		return nil, "", err
	}
	options.MaxRetries = -1
	return &Process{
		name:    "redis",
		home:    h,
		pidFile: filepath.Join(h.redisDir(), "redis.pid"),
		halt:    syscall.SIGTERM,
		command: func(context.Context, *os.File) (*exec.Cmd, error) {
			return h.redisCommand(server, password, o)
		},
		answers: func(ctx context.Context) error {
			client := redis.NewClient(options)
			defer client.Close()
			return client.Ping(ctx).Err()
		},
	}, address, nil
}

func (h home) redisDir() string    { return h.path("redis") }
func (h home) redisSocket() string { return filepath.Join(h.sockets, "redis.sock") }

func (h home) redisCommand(server, password string, o Options) (*exec.Cmd, error) {
	for _, dir := range []string{h.sockets, h.redisDir()} {
		if err := h.account.own(dir); err != nil {
			return nil, err
		}
	}
	cmd := exec.Command(server, "-")
	// By standard input, because a file would have to be readable to the account,
	// and so to everything else that runs as nobody.
	cmd.Stdin = strings.NewReader(h.redisConf(password, o))
	cmd.Dir = h.redisDir()
	return cmd, nil
}

// redisPassword is made once per folder. Redis, unlike Postgres, cannot ask the
// kernel who is at the other end of a socket.
func (h home) redisPassword() (string, error) {
	path := h.path("redis.password")
	text, err := os.ReadFile(path)
	if err == nil && len(text) > 0 {
		return string(text), nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("the password of the private Redis cannot be read: %w", err)
	}
	password := rand.Text()
	return password, os.WriteFile(path, []byte(password), 0o600)
}
