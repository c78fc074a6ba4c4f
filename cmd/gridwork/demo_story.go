package main

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"time"

	"gridwork/demo/story"
	"gridwork/server"
)

type demoStory struct {
	Lang string `help:"zh or en; by default English only where the locale says so." enum:"zh,en," default:""`
}

// readable is how long a line of the story stands alone on a terminal.
const readable = 500 * time.Millisecond

// Run tells the story on a scratch city beside whatever the stores hold.
func (d demoStory) Run(ctx context.Context) error {
	return onDemoStores(ctx, func(c server.Config) error {
		o := story.Options{Out: os.Stdout, Lang: d.Lang, Log: slog.New(slog.DiscardHandler)}
		if o.Lang == "" {
			o.Lang = languageOf(os.Getenv)
		}
		if isTerminal(os.Stdout) {
			o.Pace = readable
		}
		return story.Run(ctx, c, o)
	})
}

// languageOf is Chinese unless the locale is English.
func languageOf(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := env(name); locale != "" {
			if strings.HasPrefix(locale, "en") {
				return story.English
			}
			break
		}
	}
	return story.Chinese
}
