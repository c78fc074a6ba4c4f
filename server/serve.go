package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Slow clients must not hold what honest ones need: 10 000 of them cost file descriptors, nothing more.
// Uploads and sockets set deadlines of their own.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 90 * time.Second
	maxHeader     = 32 << 10 // bytes
)

// Listen opens the address, so that a port in use is told before anything else happens.
func Listen(ctx context.Context, c Config) (net.Listener, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return nil, fmt.Errorf("LISTEN: %w", err)
	}
	return l, nil
}

// Serve answers requests on l until ctx ends, then lets the running ones finish within the grace period.
// Sockets, which never finish by themselves, are closed at once: their clients reconnect elsewhere.
func (p *Process) Serve(ctx context.Context, l net.Listener) error {
	sockets, closeSockets := context.WithCancel(context.WithoutCancel(ctx))
	defer closeSockets()
	s := &http.Server{
		Handler:           p.handler(sockets),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          log.New(io.Discard, "", 0), // net/http's own lines name remote addresses
	}
	s.RegisterOnShutdown(closeSockets)
	go p.followAtlas(ctx)
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, done := context.WithTimeout(context.WithoutCancel(ctx), p.Config.ShutdownGrace)
	defer done()
	if err := s.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("requests were still running after %s", p.Config.ShutdownGrace), s.Close())
	}
	return nil
}
