package server

import (
	"context"

	"gridwork/domain/notify"
	"gridwork/tasks"
)

// Work does the background work until ctx ends: jobs, deadlines, the audit chain, housekeeping.
func (p *Process) Work(ctx context.Context) error {
	senders, err := p.senders()
	if err != nil {
		return err
	}
	return tasks.Run(ctx, tasks.Deps{
		DB: p.DB, DatabaseURL: p.Config.DatabaseURL, Redis: p.Redis, Senders: senders, Files: p.Files, Imports: p.Imports, AlarmKeep: p.Config.AlarmKeep,
		Log: p.Log, Metrics: p.Metrics, OnCommit: p.OnCommit, Grace: p.Config.ShutdownGrace,
	})
}

// Announce tells the working processes of this one's commits: for a program that only serves.
func (p *Process) Announce(ctx context.Context) { tasks.Announce(ctx, p.DB, p.OnCommit) }

// senders are the ways out of the platform. Without a gateway no text message is sent, without a key no notification.
func (p *Process) senders() (notify.Senders, error) {
	s := notify.Senders{Hooks: notify.NewHooks(p.Config.WebhookPolicy()), Push: p.Push}
	if p.Config.SMSURL == "" {
		return s, nil
	}
	gateway, err := notify.NewGateway(p.Config.SMSURL, p.Config.SMSToken)
	if err != nil {
		return s, err
	}
	s.SMS = gateway
	return s, nil
}

// WebhookPolicy says whom this installation may call.
func (c Config) WebhookPolicy() notify.Policy {
	return notify.Policy{Hosts: c.WebhookAllow, Private: c.WebhookPrivate}
}
